package fourways.actors;

import com.typesafe.config.Config;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;

/** Makes the {@link ShardDispatcher}; named in {@code hardened.conf}, and constructed by the framework. */
final class ShardDispatcherConfigurator extends MessageDispatcherConfigurator {

    private final ShardDispatcher dispatcher;

    ShardDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.dispatcher = new ShardDispatcher(this);
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }
}
