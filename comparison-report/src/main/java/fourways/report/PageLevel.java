package fourways.report;

/** How far a fault reached, as the page shows it: a word, a sign and a color, so that none of them is needed to tell. */
enum PageLevel {
    /** No neighbour noticed, in any repeat. */
    CONTAINED("contained", "●"),
    /** Every request of every neighbour was answered ok, but some had to wait. */
    SLOWED("slowed", "◔"),
    /** Some neighbours were hit, or all of them in some repeats only. */
    SPREAD("spread", "◐"),
    /** Nearly all neighbours were hit. */
    EVERYWHERE("everywhere", "○"),
    /** There is nothing to tell: the trial does not count. */
    INVALID("invalid", "✕"),
    /** There was nothing to try. */
    ABSENT("absent", "–");

    /** From this share of neighbours on a fault counts as having reached everybody. */
    static final double NEARLY_ALL = 0.9;

    private final String cssClass;
    private final String sign;

    PageLevel(String cssClass, String sign) {
        this.cssClass = cssClass;
        this.sign = sign;
    }

    static PageLevel of(FaultCell cell) {
        FaultCell.Neighbours neighbours = cell.neighbours();
        if (cell.status() == Status.NOT_APPLICABLE) {
            return ABSENT;
        }
        if (cell.status() != Status.VALID || neighbours == null) {
            return INVALID;
        }
        double altered = Blast.alteredShare(cell);
        // The upper end is 0 only if every repeat was: one bad repeat must not vanish behind the median of the others.
        if (neighbours.blastRadius().high() == 0 && altered == 0) {
            return Blast.isSlowed(neighbours) ? SLOWED : CONTAINED;
        }
        return Math.max(altered, neighbours.blastRadius().median()) >= NEARLY_ALL ? EVERYWHERE : SPREAD;
    }

    String cssClass() {
        return cssClass;
    }

    String sign() {
        return sign;
    }
}
