package fourways.report;

/** The links of a recovery chain, in the order in which they follow from each other where all goes well. */
enum ChainStep {
    /** The fault went in. */
    INJECTED("injected"),
    /** Whoever watches over the owner of the shard knows that something is wrong. */
    DETECTED("detected"),
    /** What failed can do no more harm: its process is gone, or its journal was taken from it. */
    KILLED("killed"),
    /** Somebody else is there to take over. */
    REPLACEMENT_UP("replacement up"),
    /** That one has read the journal, and knows what its predecessor knew. */
    REPLAYED("journal replayed"),
    /** A client of a victim was served for the first time after one was not. */
    FIRST_OK("first ok"),
    /** The last outage of any shard has ended. */
    STEADY("steady");

    private final String words;

    ChainStep(String words) {
        this.words = words;
    }

    /** As the results call it. */
    String words() {
        return words;
    }
}
