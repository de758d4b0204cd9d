package fourways.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A JVM of its own with a ledger that is tormented: reads commands from standard input, writes answers to standard output, a line each, and ends at once when its
 * input does, whatever the ledger is at.
 */
public final class FaultedLedgerMain {

    static final String READY = "ready";

    /** Begins to flood the shard that follows. */
    static final String FLOOD = "flood";

    /** Ends the flood; answered with {@link #FLOODED} and how much of it was refused for want of a slot. */
    static final String CALM = "calm";

    static final String FLOODED = "flooded";

    /** More than the test ever has in flight. */
    private static final int MAX_LINES = 4_096;

    private static final long FLOOD_IDS = 1L << 50;

    private final Ledger ledger;
    private final BlockingQueue<String> requests = new ArrayBlockingQueue<>(MAX_LINES);
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(MAX_LINES);
    private volatile boolean flooding;

    private FaultedLedgerMain(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes the class of the architecture, the variant, and the ledger's directory. */
    public static void main(String[] args) throws Exception {
        Writer out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8);
        // Whatever a framework prints is not for the test to read.
        System.setOut(System.err);
        Architecture architecture = Class.forName(args[0])
                .asSubclass(Architecture.class)
                .getDeclaredConstructor()
                .newInstance();
        FaultedLedgerMain main = new FaultedLedgerMain(architecture.open(FaultLoad.config(Path.of(args[2]), args[1])));
        Thread.ofPlatform().daemon().name("submit").start(main::submit);
        Thread.ofPlatform().daemon().name("answer").start(() -> main.answer(out));
        main.queue(main.answers, READY);
        main.read();
    }

    /** Only this thread sees the end of the parent, so it waits for nothing else. */
    private void read() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                queue(requests, line);
            }
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void submit() {
        try {
            while (true) {
                String line = requests.take();
                if (line.startsWith(FLOOD)) {
                    int shard = Integer.parseInt(line.substring(FLOOD.length() + 1));
                    flooding = true;
                    Thread.ofPlatform().daemon().name("flood").start(() -> flood(shard));
                } else if (line.equals(CALM)) {
                    flooding = false;
                } else {
                    Command command = Lines.command(line);
                    var _ = ledger.submit(command)
                            .thenAccept(outcome -> queue(answers, Lines.of(command.id(), outcome)));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Without a pause: there are always as many as the shard has slots, and all that come on top are refused. */
    private void flood(int shard) {
        long refused = 0;
        for (long id = FLOOD_IDS; flooding; id++) {
            if (ledger.submit(new ReadBalance(id, shard)).getNow(null) instanceof Refused refusal
                    && refusal.reason() == Reason.OVERLOADED) {
                refused++;
            }
        }
        queue(answers, FLOODED + " " + refused);
    }

    private void answer(Writer out) {
        try {
            while (true) {
                out.write(Lines.whole(answers.take()));
                if (answers.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The test has gone, and the end of the input says so, too.
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** On threads that must not wait. */
    private void queue(BlockingQueue<String> lines, String line) {
        if (!lines.offer(line)) {
            System.err.println("more than " + MAX_LINES + " lines wait; the test was to have fewer in flight");
            Runtime.getRuntime().halt(1);
        }
    }
}
