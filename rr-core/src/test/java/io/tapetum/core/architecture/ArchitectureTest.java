package io.tapetum.core.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.Timer;
import java.util.concurrent.ExecutorService;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md: server → rr-core → rib → bgp-wire, and who may know what within rr-core. */
@AnalyzeClasses(packages = "io.tapetum", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CODEC_KNOWS_NEITHER_TABLES_NOR_SESSIONS = noClasses()
            .that().resideInAPackage("io.tapetum.wire..")
            .should().dependOnClassesThat().resideInAnyPackage("io.tapetum.rib..", "io.tapetum.core..");

    @ArchTest
    static final ArchRule THE_TABLES_KNOW_NO_SESSIONS = noClasses()
            .that().resideInAPackage("io.tapetum.rib..")
            .should().dependOnClassesThat().resideInAPackage("io.tapetum.core..");

    @ArchTest
    static final ArchRule THE_STATE_MACHINE_KNOWS_SETTINGS_AND_MESSAGES_ONLY = noClasses()
            .that().resideInAPackage("io.tapetum.core.fsm..")
            .should().dependOnClassesThat(resideInAPackage("io.tapetum..").and(resideOutsideOfPackage(
                    "io.tapetum.core.fsm..")).and(resideOutsideOfPackage("io.tapetum.core.settings.."))
                    .and(resideOutsideOfPackage("io.tapetum.wire..")));

    @ArchTest
    static final ArchRule THE_STATE_MACHINE_KNOWS_NO_BUFFERS = noClasses()
            .that().resideInAPackage("io.tapetum.core.fsm..")
            .should().dependOnClassesThat().resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule SETTINGS_ARE_VALUES = noClasses()
            .that().resideInAPackage("io.tapetum.core.settings..")
            .should().dependOnClassesThat(resideInAPackage("io.tapetum..").and(resideOutsideOfPackage(
                    "io.tapetum.core.settings..")).and(resideOutsideOfPackage("io.tapetum.wire")));

    @ArchTest
    static final ArchRule REFLECTION_KNOWS_NO_SESSIONS = noClasses()
            .that().resideInAPackage("io.tapetum.core.reflection..")
            .should().dependOnClassesThat().resideInAnyPackage("io.tapetum.core.session..", "io.tapetum.core.event..",
                    "io.tapetum.core");

    @ArchTest
    static final ArchRule SESSIONS_DO_NOT_KNOW_WHO_KEEPS_THEM = noClasses()
            .that().resideInAPackage("io.tapetum.core.session..")
            .should().dependOnClassesThat().resideInAPackage("io.tapetum.core");

    @ArchTest
    static final ArchRule OF_NETTY_ONLY_BUFFERS_ARE_KNOWN = noClasses()
            .that().resideInAPackage("io.tapetum.core..")
            .should().dependOnClassesThat(resideInAPackage("io.netty..").and(resideOutsideOfPackage(
                    "io.netty.buffer..")));

    /** Time, threads and connections are handed in, so that whole networks run in one thread on a virtual clock. */
    @ArchTest
    static final ArchRule NO_CLOCKS_NO_THREADS_NO_SOCKETS = noClasses()
            .that(resideInAnyPackage("io.tapetum.core..", "io.tapetum.rib.."))
            .should().callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
            .orShould().dependOnClassesThat().areAssignableTo(Instant.class)
            .orShould().dependOnClassesThat().areAssignableTo(Timer.class)
            .orShould().dependOnClassesThat().areAssignableTo(ExecutorService.class)
            .orShould().dependOnClassesThat().areAssignableTo(Socket.class)
            .orShould().dependOnClassesThat().areAssignableTo(ServerSocket.class)
            .orShould().dependOnClassesThat().areAssignableTo(DatagramSocket.class);

    @ArchTest
    static final ArchRule NO_PACKAGES_NEED_EACH_OTHER_WITHIN_RR_CORE = slices()
            .matching("io.tapetum.core.(*)..").should().beFreeOfCycles();
}
