package fourways.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Ties a trial's JVM to the one that started it by its standard input: a line says what to do next, the end of the input means that the other
 * one is gone, however it ended, and this one has no purpose any more.
 */
final class HostLeash {

    /** The line that asks it to end in good order. */
    static final String CLOSE = "close";

    /** The line that asks one that is driven for another {@link Turn}. */
    static final String TURN = "turn";

    /** What this JVM exits with if it was left alone. */
    private static final int ORPHANED = 4;

    /** The other one waits for an answer before it asks again; and then it may ask for the end. */
    private static final int MAX_ASKED = 2;

    private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(MAX_ASKED);

    static HostLeash hold() {
        HostLeash leash = new HostLeash();
        Thread.ofPlatform().daemon().name("trial-leash").start(leash::listen);
        return leash;
    }

    private void listen() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (!asked.offer(line)) {
                    System.err.println("asked for '" + line + "' before what was asked for earlier was done");
                }
            }
        } catch (IOException e) {
            System.err.println("the standard input of the trial cannot be read: " + e);
        }
        // Not exit(): shutdown hooks may wait for something that an injected fault holds.
        Runtime.getRuntime().halt(ORPHANED);
    }

    /** Waits for the next line. */
    String next() throws InterruptedException {
        return asked.take();
    }
}
