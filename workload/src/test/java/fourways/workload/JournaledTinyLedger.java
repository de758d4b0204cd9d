package fourways.workload;

import fourways.workload.Command.Locate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A {@link TinyLedger} whose journals are files, as those of every other ledger: it can be killed, opened again, and checked from outside. */
class JournaledTinyLedger extends TinyLedger {

    private final List<MappedJournal> files = new ArrayList<>();

    /** Opens a new ledger, or goes on with the one that the directory holds. */
    JournaledTinyLedger(LedgerConfig config) {
        super(config);
        Path directory = Objects.requireNonNull(config.directory());
        for (int shard = 0; shard < config.shards(); shard++) {
            files.add(MappedJournal.open(config, directory, shard, books.get(shard), null));
        }
    }

    @Override
    Outcome serve(Command command) {
        return command instanceof Locate ? Whereabouts.ofThisThread() : super.serve(command);
    }

    @Override
    void append(Entry entry) {
        files.get(config.shardOf(entry.account())).append(entry);
    }

    @Override
    public void close() {
        files.forEach(MappedJournal::close);
    }
}
