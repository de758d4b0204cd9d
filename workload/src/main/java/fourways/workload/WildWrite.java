package fourways.workload;

import java.util.stream.Collectors;

/**
 * Code that can be reached from a handler changes what is not its own: the last account of every other shard whose memory is in this process. It asks no lock, no mailbox
 * and no loop, and writes nothing into any journal. In one heap nothing keeps it from that; in another process there is nothing that it could reach.
 */
final class WildWrite {

    private static final int AMOUNT_CENTS = 100;

    private WildWrite() {}

    static void strike(Scene scene) {
        String altered = scene.store().booksBeside(scene.shard()).stream()
                .map(books -> books.shard() + "/" + books.alter(AMOUNT_CENTS))
                .collect(Collectors.joining(" "));
        scene.fired("added " + AMOUNT_CENTS + " cents behind the owners' backs to shard/account: "
                + (altered.isEmpty() ? "none, for there is no other shard in this process" : altered));
    }
}
