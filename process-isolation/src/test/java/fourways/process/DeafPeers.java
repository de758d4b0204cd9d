package fourways.process;

import fourways.workload.Peers;

/** For tests of a shard on its own: what it sends to others is lost on the way. */
final class DeafPeers implements Peers {

    @Override
    public void credit(Credit credit) {}

    @Override
    public void credited(Credited credited) {}
}
