package fourways.workload;

/**
 * What a scenario is expected to do to the clients of each shard, and whether the fault can take place at all.
 *
 * @param victims the shards on which it is inflicted
 * @param housemates the shards that have a worker in common with a victim, where workers own shards
 * @param others all that are left, if any
 * @param fires whether there is proof, from outside, that the fault took place
 */
public record Experience(Fate victims, Fate housemates, Fate others, boolean fires) {

    public static Experience of(Fate victims, Fate housemates, Fate others) {
        return new Experience(victims, housemates, others, true);
    }

    public static Experience ofAll(Fate fate) {
        return of(fate, fate, fate);
    }

    /** The same where the fault cannot take place, and what is experienced is but the attempt. */
    public Experience didNotFire() {
        return new Experience(victims, housemates, others, false);
    }
}
