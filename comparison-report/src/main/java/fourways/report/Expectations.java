package fourways.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What documentation and other people's experience predict of the faults, as {@code expectations.json} has it. That file is the only place of this module that knows an architecture's name; of a
 * fault, an architecture or a variant that it does not know nothing is predicted.
 *
 * @param sources by a short key
 * @param expectations by the name of the fault
 */
record Expectations(Map<String, Source> sources, Map<String, List<Expectation>> expectations) {

    private static final String NAME = "expectations.json";

    private static final Expectations KNOWN = read();

    /** @param address null for what is part of this project, or of every system */
    record Source(String title, @Nullable String address) {}

    static Expectations known() {
        return KNOWN;
    }

    /** Null if nothing is predicted. */
    @Nullable
    Expectation of(String fault, String architecture, String variant) {
        return expectations.getOrDefault(fault, List.of()).stream()
                .filter(expectation -> expectation.isOf(architecture, variant))
                .findFirst()
                .orElse(null);
    }

    Source source(Expectation expectation) {
        Source source = sources.get(expectation.source());
        if (source == null) {
            throw new IllegalStateException(NAME + " has no source '" + expectation.source() + "'");
        }
        return source;
    }

    private static Expectations read() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream in = Expectations.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is missing in this build of the report");
            }
            return mapper.readValue(in, Expectations.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + NAME, e);
        }
    }
}
