package fourways.process;

import fourways.workload.Command.Transfer;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What one frame costs: encoded into, and decoded from, a batch in the kind of buffer that sockets are written from and read into. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameCodecBenchmark {

    private static final int BATCH = 300;

    private final Frame[] frames = {
        new Frame.Submit(1_234, new Transfer(98_765, 1, 65, 500)),
        new Frame.Answer(1_234, 98_765, new Accepted(99_500)),
        new Frame.Credit(new Peers.Credit(1, 2, 3, 98_765, 1, 66, 500)),
    };
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 17);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 17);

    public FrameCodecBenchmark() {
        for (int i = 0; i < BATCH; i++) {
            FrameCodec.encode(frames[i % frames.length], in);
        }
        in.flip();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public ByteBuffer encode() {
        out.clear();
        for (int i = 0; i < BATCH; i++) {
            FrameCodec.encode(frames[i % frames.length], out);
        }
        return out;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void decode(Blackhole blackhole) throws MalformedFrameException {
        in.rewind();
        for (Frame frame = FrameCodec.decode(in); frame != null; frame = FrameCodec.decode(in)) {
            blackhole.consume(frame);
        }
    }
}
