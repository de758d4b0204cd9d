package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Indeterminate;

/** What clients are told of shards whose actors are stuck. */
record Suspensions(LedgerConfig config, Admission admission) {

    /** Refuses newcomers, and answers all who wait for the shard. */
    void suspend(int shard, String reason) {
        admission.suspend(shard, reason);
        admission.answerAll(shard, new Indeterminate(reason));
    }

    void resume(int shard) {
        admission.resume(shard);
    }

    void suspendAll(String reason) {
        for (int shard = 0; shard < config.shards(); shard++) {
            suspend(shard, reason);
        }
    }

    void resumeAll() {
        for (int shard = 0; shard < config.shards(); shard++) {
            resume(shard);
        }
    }

    /** Answers those who wait for money to arrive at a shard that nobody will serve for a while. It does arrive, in the end. */
    void strand(int shard, String reason) {
        Indeterminate nobodyKnows = new Indeterminate("under way to shard " + shard + ": " + reason);
        for (int source = 0; source < config.shards(); source++) {
            admission.inFlight(source, request -> {
                if (request.command() instanceof Transfer transfer && config.shardOf(transfer.to()) == shard) {
                    request.answer(nobodyKnows);
                }
            });
        }
    }
}
