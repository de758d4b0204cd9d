package fourways.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Ties a trial's JVM to the one that started it by its standard input: a line asks it to end in good order, the end of the input means that the other
 * one is gone, however it ended, and this one has no purpose any more.
 */
final class HostLeash {

    /** The line. */
    static final String CLOSE = "close";

    /** What this JVM exits with if it was left alone. */
    private static final int ORPHANED = 4;

    private final CountDownLatch closeAsked = new CountDownLatch(1);

    static HostLeash hold() {
        HostLeash leash = new HostLeash();
        Thread.ofPlatform().daemon().name("trial-leash").start(leash::listen);
        return leash;
    }

    private void listen() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.equals(CLOSE)) {
                    closeAsked.countDown();
                }
            }
        } catch (IOException e) {
            System.err.println("the standard input of the trial cannot be read: " + e);
        }
        // Not exit(): shutdown hooks may wait for something that an injected fault holds.
        Runtime.getRuntime().halt(ORPHANED);
    }

    void awaitClose() throws InterruptedException {
        closeAsked.await();
    }
}
