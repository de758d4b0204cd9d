package fourways.eventloop;

import fourways.workload.Peers;
import fourways.workload.Request;

/** Whoever has some of the shards: what is meant for one of these is handed over here. Any thread may; nothing is done at once. */
interface Owner extends Peers {

    /** Serves a request, sooner or later; false if it cannot come to that any more. */
    boolean serve(Request request);

    /** Has each of its shards send again what a destination has not acknowledged. */
    void resendTo(int destination);

    /** Has each of its shards send again whatever has not been acknowledged. */
    void resendAll();
}
