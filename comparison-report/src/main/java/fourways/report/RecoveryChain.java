package fourways.report;

import fourways.report.FaultMeasurement.Incident;
import fourways.report.FaultMeasurement.Link;
import fourways.report.FaultMeasurement.Sighting;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The links from a fault to steady service. Each has the time at which it was first seen; where a link is seen again and again, as in a crash loop, the moments tell it, and the last link
 * still is the end of the last outage.
 *
 * @param firstOk when a victim was first served after it was not; empty if that was not seen
 * @param steady when the last outage ended; empty if there was none, or it did not end
 */
record RecoveryChain(Incident incident, OptionalLong firstOk, OptionalLong steady) {

    List<Link> links() {
        return Arrays.stream(ChainStep.values()).map(this::link).toList();
    }

    private Link link(ChainStep step) {
        return switch (step) {
            case INJECTED -> new Link(step.words(), incident.faultAtMillis(), false);
            case DETECTED, KILLED, REPLACEMENT_UP, REPLAYED -> seen(step);
            case FIRST_OK -> served(step, firstOk);
            case STEADY -> served(step, steady);
        };
    }

    private Link seen(ChainStep step) {
        Optional<Sighting> first = incident.sightings().stream()
                .filter(sighting -> sighting.step() == step && sighting.atMillis() >= incident.faultAtMillis())
                .min(Comparator.comparingLong(Sighting::atMillis));
        return new Link(
                step.words(),
                first.map(Sighting::atMillis).orElse(null),
                first.map(Sighting::fromOutside).orElse(false));
    }

    /** By somebody who was started from outside, if that had happened by then. */
    private Link served(ChainStep step, OptionalLong atMillis) {
        if (atMillis.isEmpty()) {
            return new Link(step.words(), null, false);
        }
        boolean fromOutside = incident.sightings().stream()
                .anyMatch(sighting -> sighting.step() == ChainStep.REPLACEMENT_UP
                        && sighting.fromOutside()
                        && sighting.atMillis() <= atMillis.getAsLong());
        return new Link(step.words(), atMillis.getAsLong(), fromOutside);
    }
}
