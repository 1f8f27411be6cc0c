package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The floors of the house: a room uses lower floors only, neighbours do not know each other, no cycles. */
class PackageFloorsTest {
    private static final String ROOT = "dev.parley.";
    private static final List<String> CAPABILITIES = List.of("media", "gemini", "limits", "tools", "security");
    private static final List<String> DOORS =
            List.of("browser", "batch", "gateway", "history", "operations", "simulator");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley");

    @Test
    void rooms_are_free_of_cycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void within_a_room_no_two_packages_need_each_other() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void doors_see_of_a_conversation_what_goes_in_and_what_comes_out() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(DOORS))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "conversation..")
                        .and(not(resideInAnyPackage(
                                ROOT + "conversation", ROOT + "conversation.input", ROOT + "conversation.event"))))
                .check(CLASSES);
    }

    @Test
    void higher_floors_use_lower_floors_only() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .optionalLayer("shared")
                .definedBy(ROOT + "shared..")
                .optionalLayer("capabilities")
                .definedBy(packages(CAPABILITIES))
                .optionalLayer("conversation")
                .definedBy(ROOT + "conversation..")
                .optionalLayer("doors")
                .definedBy(packages(DOORS))
                .whereLayer("doors")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("conversation")
                .mayOnlyBeAccessedByLayers("doors")
                .whereLayer("capabilities")
                .mayOnlyBeAccessedByLayers("conversation", "doors")
                .check(CLASSES);
    }

    @Test
    void neighbours_on_one_floor_do_not_know_each_other() {
        for (List<String> floor : List.of(CAPABILITIES, DOORS)) {
            for (String room : floor) {
                for (String other : floor) {
                    if (!room.equals(other)) {
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + room + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(ROOT + other + "..")
                                .allowEmptyShould(true)
                                .check(CLASSES);
                    }
                }
            }
        }
    }

    @Test
    void every_class_lives_in_a_known_room() {
        List<String> rooms = List.of(packages(CAPABILITIES));
        assertTrue(CLASSES.stream().allMatch(type -> {
            String name = type.getPackageName();
            return name.startsWith(ROOT + "shared.")
                    || name.startsWith(ROOT + "conversation")
                    || rooms.stream().anyMatch(room -> name.startsWith(room.replace("..", "")))
                    || DOORS.stream().anyMatch(room -> name.startsWith(ROOT + room));
        }));
    }

    @Test
    void threads_and_time_are_injected() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "shared.execution..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    private static String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> ROOT + room + "..").toArray(String[]::new);
    }
}
