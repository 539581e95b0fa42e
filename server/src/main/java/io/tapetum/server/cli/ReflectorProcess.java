package io.tapetum.server.cli;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.logging.Logging;
import io.tapetum.server.reflector.ReflectorStarter;
import io.tapetum.server.reflector.RunningReflector;

/** The life of a reflector's process: start, serve, and one of two ends. */
final class ReflectorProcess {

    private static final Logger log = LoggerFactory.getLogger(ReflectorProcess.class);

    private final ReflectorStarter starter;
    private final Termination termination;

    /** Open while the reflector is in service. */
    private final CountDownLatch drained = new CountDownLatch(1);

    ReflectorProcess(ReflectorStarter starter, Termination termination) {
        this.starter = starter;
        this.termination = termination;
    }

    /**
     * Returns when the reflector has been drained and everything is closed. On a signal it never returns.
     *
     * @param started run once the reflector listens
     */
    void run(ServerSettings settings, Runnable started) throws CommandFailedException, InterruptedException {
        AdminServer admin = bindAdmin(settings.admin().listen());
        try (admin; RunningReflector reflector = start(settings)) {
            termination.whenTold(() -> terminate(reflector));
            log.atInfo().addKeyValue("version", Version.number()).log("tapetum {} is running: {}", Version.number(),
                    Summary.of(settings));
            started.run();
            if (admin != null) {
                admin.serve(reflector, drained::countDown);
            }
            drained.await();
        }
        log.info("stopped after a drain");
    }

    /** Runs on the thread of the signal; at the exit after a drain, too, when there is nothing left to do. */
    private void terminate(RunningReflector reflector) {
        if (drained.getCount() > 0) {
            reflector.close();
            log.info("stopped by a signal; peers keep the routes for the restart time");
            Logging.stop();
        }
    }

    private static @Nullable AdminServer bindAdmin(@Nullable ListenAddress address) throws CommandFailedException {
        if (address == null) {
            return null;
        }
        try {
            return AdminServer.bind(address);
        } catch (IOException e) {
            throw new CommandFailedException("the admin endpoint cannot listen on " + address + ": " + e.getMessage()
                    + "; is another reflector running here? Give this one another admin.listen, or off", e);
        }
    }

    private RunningReflector start(ServerSettings settings) throws CommandFailedException {
        try {
            return starter.start(settings);
        } catch (IOException e) {
            throw new CommandFailedException("cannot start: " + e.getMessage() + advice(e, settings), e);
        }
    }

    private static String advice(IOException e, ServerSettings settings) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Permission denied") && settings.listen().stream().anyMatch(a -> a.port() < 1024)) {
            return "; ports below 1024 need CAP_NET_BIND_SERVICE, or listen on another one";
        }
        if (reason.contains("in use") || (e instanceof BindException && reason.contains("Address"))) {
            return "; is another BGP speaker running here? See tapetum.listen";
        }
        return "";
    }
}
