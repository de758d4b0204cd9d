package fourways.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Unix domain sockets, which only their owner can reach: the directory that they are in lets nobody else in. */
final class Sockets {

    private static final System.Logger LOG = System.getLogger(Sockets.class.getName());

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private Sockets() {}

    /**
     * Listens at a path. A socket that a dead process left there is replaced.
     *
     * @throws IOException if others may enter the directory, somebody listens there, or the path is longer than the system allows
     */
    static ServerSocketChannel listen(Path path, int backlog) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(directory);
        if (allowed.stream().anyMatch(OTHERS::contains)) {
            throw new IOException("directory " + directory + " of socket " + path.getFileName()
                    + " is open to others, allowed is rwx------");
        }
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return server.bind(UnixDomainSocketAddress.of(path), backlog);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (Files.exists(path)) {
            try (SocketChannel alive = connect(path)) {
                throw new IOException("somebody listens at " + path + " already: " + alive);
            } catch (java.net.ConnectException e) {
                Files.delete(path);
            }
        }
    }

    static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to do with it, and nothing in it that is still wanted.
            LOG.log(System.Logger.Level.DEBUG, "closing " + channel, e);
        }
    }
}
