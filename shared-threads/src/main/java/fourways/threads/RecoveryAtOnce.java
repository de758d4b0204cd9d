package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Request;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/** Opens a shard anew as often as it fails, on the thread that met the failure; one that cannot be opened is given up. */
final class RecoveryAtOnce implements Recovery {

    private static final System.Logger LOG = System.getLogger(RecoveryAtOnce.class.getName());

    private final Admission admission;
    private final Executor threads;

    RecoveryAtOnce(Admission admission, Executor threads) {
        this.admission = admission;
        this.threads = threads;
    }

    @Override
    public void blame(Request request) {}

    @Override
    public void failed(int shard, Runnable attempt) {
        attempt.run();
    }

    @Override
    public void notOpened(int shard, Throwable cause, Runnable attempt) {
        LOG.log(Level.ERROR, "shard " + shard + " cannot be recovered", cause);
        admission.suspend(shard, "it failed and cannot be recovered: " + cause.getMessage());
    }

    @Override
    public void opened(int shard) {}

    @Override
    public void later(int shard, Runnable task) {
        threads.execute(new ShardTask.Tend(shard, task));
    }

    @Override
    public void close() {}
}
