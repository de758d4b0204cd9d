package fourways.workload;

/** What the clients of a shard experience while a fault is inflicted on it, or on another one, and what is the case in the end. */
public enum Fate {
    /** Every answer is ok, and soon. */
    UNHARMED,
    /** Some answers are not ok, or late, or missing; in the end all are ok again, without help from outside. */
    INTERRUPTED,
    /** In the end every request is refused at once. */
    REFUSED,
    /** In the end no request is answered. */
    SILENT,
    /** The JVM is gone, and with it everybody: it takes somebody outside to start it again. */
    LOST,
    /** None of these, or not for long enough to be sure. Never expected. */
    UNSETTLED
}
