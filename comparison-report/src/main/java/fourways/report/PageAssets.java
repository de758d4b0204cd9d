package fourways.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What the page brings along so that it needs nothing else. All three are ours or a pinned library's, never data, and go into the page unescaped; the
 * policy names them by their hashes, so that the browser runs nothing but them, whatever else gets into the page.
 */
record PageAssets(String style, String charts, String script) {

    static PageAssets load() {
        return new PageAssets(read("page.css"), read("echarts.min.js"), read("page.js"));
    }

    /** Nothing may be loaded from anywhere; the empty icon keeps browsers from asking for one. */
    String contentSecurityPolicy() {
        return "default-src 'none'; script-src " + hash(charts) + " " + hash(script) + "; style-src " + hash(style)
                + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this build of the report");
            }
            // Browsers read all line ends as one character before they hash.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
