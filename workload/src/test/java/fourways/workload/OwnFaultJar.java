package fourways.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar with one class, which is a provider of {@link Fault}. */
public final class OwnFaultJar {

    private OwnFaultJar() {}

    public static Path in(Path directory, Class<? extends Fault> provider) throws IOException {
        Path jar = directory.resolve(provider.getSimpleName() + ".jar");
        String entry = provider.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(entry));
            try (InputStream code = provider.getResourceAsStream("/" + entry)) {
                if (code == null) {
                    throw new IllegalStateException(entry + " is not there");
                }
                code.transferTo(out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + Fault.class.getName()));
            out.write(provider.getName().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
