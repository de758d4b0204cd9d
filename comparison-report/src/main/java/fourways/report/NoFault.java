package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The control: nothing is done to the shard that would have been the victim. */
record NoFault(int shard) implements Injection {

    @Override
    public List<Integer> victims() {
        return List.of(shard);
    }

    @Override
    public void aim() {}

    @Override
    public void inflict() {}

    @Override
    public @Nullable String proof() {
        return null;
    }
}
