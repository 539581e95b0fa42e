package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** The Java runtime of the image: of this Java's modules those that the program needs, linked by {@code jlink}. */
final class JavaRuntime {

    /**
     * Besides what the jars say themselves: {@code java.net.http} for the Kubernetes API, {@code jdk.naming.dns} for
     * ETCD_DISCOVERY_SRV, {@code jdk.httpserver} for the admin endpoint, {@code jdk.unsupported} for Netty, and
     * {@code jdk.jcmd} and {@code jdk.jfr} to look into a process that behaves oddly. With {@code jdk.management.agent} as well,
     * {@code jlink} would write the graph of modules in an order that is another each time.
     */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,"
            + "java.security.jgss,java.sql,java.xml,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,"
            + "jdk.naming.dns,jdk.unsupported,jdk.zipfs";

    /**
     * The lowest of Java's priorities is nice 10, as in the launcher script, which says why. They are options of the runtime
     * itself, because as those of a command they make the virtual machine warn, where the user is not root, that there might
     * be priorities which it cannot give.
     */
    private static final String OPTIONS = "-XX:ThreadPriorityPolicy=1 -XX:JavaPriority1_To_OSPriority=10";

    private JavaRuntime() {}

    /** @param folder must not exist */
    static void link(Path folder) throws IOException {
        // Debugging symbols of native code would be half of it; those of Java code are what stack traces are made of.
        Tool.run("jlink", "--add-modules", MODULES, "--add-options", OPTIONS, "--output", folder.toString(),
                "--strip-native-debug-symbols", "exclude-debuginfo-files", "--no-header-files", "--no-man-pages");
    }

    /** Tools of the JDK that runs, called in this process. */
    static final class Tool {

        private Tool() {}

        /** @throws IOException if it fails; the reason is on standard error */
        static void run(String name, String... arguments) throws IOException {
            ToolProvider tool = ToolProvider.findFirst(name)
                    .orElseThrow(
                            () -> new IOException("this Java has no " + name + ": the image is built by a whole JDK"));
            int status = tool.run(System.out, System.err, arguments);
            if (status != 0) {
                throw new IOException(name + " failed with " + status + "; the reason stands above");
            }
        }
    }
}
