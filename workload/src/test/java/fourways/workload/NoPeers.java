package fourways.workload;

/** For tests of a shard on its own: there are no transfers to any other. */
final class NoPeers implements Peers {

    @Override
    public void credit(Credit credit) {
        throw new AssertionError(credit);
    }

    @Override
    public void credited(Credited credited) {
        throw new AssertionError(credited);
    }
}
