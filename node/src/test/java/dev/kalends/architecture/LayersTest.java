package dev.kalends.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kalends.job.JobId;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compiled classes of the node keep to their levels, ask no clock and throw no dice. */
final class LayersTest {
    private static final String ROOT = "dev.kalends.";
    private static final String PLANTED = "dev.kalends.architecture.planted.";

    private static final Set<String> CLOCK_CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.util.Calendar.getInstance");

    private static final Set<String> DICE = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGenerator",
            "java.security.SecureRandom");

    private static final JavaClasses MAIN = importFrom(classesOf(JobId.class));
    private static final JavaClasses BROKEN =
            importFrom(classesOf(LayersTest.class).resolve("dev/kalends/architecture/planted"));

    private static Path classesOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes cannot be found", e);
        }
    }

    /** Names are all that is looked at, so what is not there need not be resolved: that saves most of the time. */
    private static JavaClasses importFrom(Path classes) {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(classes);
    }

    /** The part of a package's name after the root, up to the next dot. */
    private static Optional<String> packageUnder(String root, JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(root)
                ? Optional.of(name.substring(root.length(), name.indexOf('.', root.length())))
                : Optional.empty();
    }

    private static Set<String> layerFaults(JavaClasses classes, String root) {
        Set<String> faults = new TreeSet<>();
        for (JavaClass type : classes) {
            Optional<String> from = packageUnder(root, type);
            from.filter(name -> !Layers.knows(name)).ifPresent(name -> faults.add("no level for " + name));
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                Optional<String> to = packageUnder(root, dependency.getTargetClass());
                if (from.isPresent() && to.isPresent() && !Layers.allows(from.get(), to.get())) {
                    faults.add(from.get() + " must not import " + to.get() + ": " + type.getSimpleName());
                }
            }
        }
        return faults;
    }

    private static Set<String> clockFaults(JavaClasses classes, String root) {
        Set<String> faults = new TreeSet<>();
        for (JavaClass type : classes) {
            if (packageUnder(root, type).filter("time"::equals).isEmpty()) {
                calls(type)
                        .map(call -> call.getOwner().getFullName() + "." + call.getName())
                        .filter(call -> CLOCK_CALLS.contains(call) || call.equals("java.util.Date.<init>"))
                        .forEach(call -> faults.add(type.getSimpleName() + " calls " + call));
            }
        }
        return faults;
    }

    private static Set<String> diceFaults(JavaClasses classes, String root) {
        Set<String> faults = new TreeSet<>();
        for (JavaClass type : classes) {
            if (packageUnder(root, type).filter(Layers::isPure).isPresent()) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getFullName())
                        .filter(DICE::contains)
                        .forEach(dice -> faults.add(type.getSimpleName() + " uses " + dice));
                calls(type)
                        .map(call -> call.getOwner().getFullName() + "." + call.getName())
                        .filter(Set.of("java.lang.Math.random", "java.util.UUID.randomUUID")::contains)
                        .forEach(call -> faults.add(type.getSimpleName() + " calls " + call));
            }
        }
        return faults;
    }

    private static Stream<AccessTarget.CodeUnitAccessTarget> calls(JavaClass type) {
        return Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                .map(JavaCodeUnitAccess::getTarget);
    }

    @Test
    void packagesImportOnlyFromBelow() {
        assertTrue(MAIN.size() > 100, "the classes were found");
        assertEquals(Set.of(), layerFaults(MAIN, ROOT));
    }

    @Test
    void onlyTimeAsksTheClocks() {
        assertEquals(Set.of(), clockFaults(MAIN, ROOT));
    }

    @Test
    void decisionsThrowNoDice() {
        assertEquals(Set.of(), diceFaults(MAIN, ROOT));
    }

    @Test
    void plantedImportsAreFound() {
        assertEquals(
                Set.of(
                        "job must not import partition: Climber",
                        "sqlite must not import runqueue: Leaky",
                        "no level for stray"),
                layerFaults(BROKEN, PLANTED));
    }

    @Test
    void plantedClockCallsAreFound() {
        assertEquals(
                Set.of("Heart calls java.lang.System.nanoTime", "Heart calls java.time.Instant.now"),
                clockFaults(BROKEN, PLANTED));
    }

    @Test
    void plantedDiceAreFound() {
        assertEquals(Set.of("Heart uses java.util.Random"), diceFaults(BROKEN, PLANTED));
    }
}
