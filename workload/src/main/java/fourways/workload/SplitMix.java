package fourways.workload;

/**
 * Random numbers that are a function of where one looks, not of what was drawn before: the output function of SplitMix64 (Steele, Lea, Flood: "Fast
 * splittable pseudorandom number generators", OOPSLA 2014; constants of Stafford's variant 13), applied to a seed and a position.
 */
final class SplitMix {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /** The {@code position}-th number of the sequence that starts at {@code seed}. */
    static long at(long seed, long position) {
        return mix(seed + (position + 1) * GOLDEN_GAMMA);
    }

    /** A bijection in which each bit of the result depends on all bits of the argument. */
    static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * Maps random bits to 0 up to {@code bound - 1} by the high half of a product, which needs no division (Lemire: "Fast random integer generation in an
     * interval", 2019, without the rejection step: no number is off by more than 2^-64).
     */
    static long below(long bound, long random) {
        return Math.unsignedMultiplyHigh(random, bound);
    }
}
