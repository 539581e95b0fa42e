package io.tapetum.load;

import java.net.InetSocketAddress;
import java.util.Optional;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.daemon.Daemon;
import io.tapetum.load.daemon.DaemonProcess;
import io.tapetum.load.daemon.Installation;
import io.tapetum.load.measure.ProcessTree;

/** Who is loaded. */
sealed interface Subject {

    /** In tables. */
    String name();

    /** Whether it keeps routes and tells them to who comes later. */
    boolean remembers();

    /** A process that is ready for so many clients. */
    Running start(int clients) throws LoadFailedException, InterruptedException;

    /** A process that is there for one run. */
    interface Running extends AutoCloseable {

        InetSocketAddress address();

        /** Whose time and memory are measured, if that is known. */
        Optional<ProcessTree> process();

        /** What it had to say, as a supplement to a failure; empty if it was silent. */
        String lastWords();

        @Override
        void close();
    }

    /** A daemon that is started afresh for every run. */
    record Started(Daemon daemon, Installation installation, int port) implements Subject {

        @Override
        public String name() {
            return daemon.id();
        }

        @Override
        public boolean remembers() {
            return daemon.remembers();
        }

        @Override
        public Running start(int clients) throws LoadFailedException, InterruptedException {
            DaemonProcess process = DaemonProcess.start(daemon, installation, port, clients);
            return new Running() {

                @Override
                public InetSocketAddress address() {
                    return process.address();
                }

                @Override
                public Optional<ProcessTree> process() {
                    return Optional.of(new ProcessTree(process.pid()));
                }

                @Override
                public String lastWords() {
                    String words = process.lastWords();
                    return (process.isAlive() ? "" : "; " + name() + " has ended")
                            + (words.isEmpty() ? "" : "; it said:\n" + words);
                }

                @Override
                public void close() {
                    process.close();
                }
            };
        }
    }

    /** A reflector that runs already, and goes on running. */
    record Target(InetSocketAddress address, Optional<ProcessTree> process) implements Subject, Running {

        @Override
        public String name() {
            return "target";
        }

        @Override
        public boolean remembers() {
            return true;
        }

        @Override
        public Running start(int clients) {
            return this;
        }

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }
}
