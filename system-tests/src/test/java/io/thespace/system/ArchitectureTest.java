package io.thespace.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Guards the five rules of {@code docs/architecture.md}, in whatever modules there are. */
class ArchitectureTest {

    private static final Path ROOT = Path.of(System.getProperty("space.root"));

    private final List<Path> modules = modules();
    private final JavaClasses product = new ClassFileImporter().importPaths(modules);

    /** The compiled classes of every module of the product that has some. */
    private static List<Path> modules() {
        try (Stream<Path> poms = Files.find(ROOT, 3, (path, attributes) -> path.endsWith("pom.xml"))) {
            return poms.map(pom -> pom.resolveSibling("target/classes"))
                    .filter(classes -> Files.isDirectory(classes.resolve("io/thespace")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The modules cannot be read", e);
        }
    }

    @Test
    void theModulesAreThere() {
        assertThat(modules.stream().map(path -> ROOT.relativize(path).getName(0).toString()))
                .contains(
                        "platform-lib",
                        "plugin-modules",
                        "ejb-core",
                        "management-api",
                        "web-api",
                        "websocket-endpoints",
                        "launcher");
        assertThat(product).hasSizeGreaterThan(100);
    }

    // 1: One word per capability
    // ---------------------------------------------------------------------------------------

    @Test
    void capabilitiesAreFreeOfCycles() {
        // An adapter's package counts by itself: it depends on more than its capability, and nothing depends on it.
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .namingSlices("$1")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void noPackageSpansTwoModules() throws IOException {
        Map<String, TreeSet<String>> modulesOf = new TreeMap<>();
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module)) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(file -> modulesOf
                        .computeIfAbsent(module.relativize(file.getParent()).toString(), name -> new TreeSet<>())
                        .add(ROOT.relativize(module).toString()));
            }
        }
        assertThat(modulesOf.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .areNotAnonymousClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Service|DTO|Dto)$")
                .orShould()
                .haveNameMatching(".*[.$](Default|Abstract)[A-Z][A-Za-z]*$")
                .check(product);
    }

    // 2: Wire → resource → use-case class → entity
    // ----------------------------------------------------------------------

    @Test
    void adaptersDoNotReachTheDatabase() {
        noClasses()
                .that(resideInAnyPackage(
                                "..rest..",
                                "..management..",
                                "..socket..",
                                "..servlet..",
                                "io.thespace.jaxrs..",
                                "io.thespace.application..",
                                "io.thespace.wire..",
                                "io.thespace.openapi..")
                        .as("adapters"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "jakarta.transaction..", "java.sql..", "javax.sql..")
                .check(product);
    }

    /** As a client only: in one package, and in the typed interfaces of the servers that it calls. */
    @Test
    void theCoreKnowsNoHttp() {
        noClasses()
                .that(resideInAPackage("io.thespace..")
                        .and(not(resideInAnyPackage(
                                "..rest..",
                                "..management..",
                                "..socket..",
                                "..servlet..",
                                "io.thespace.jaxrs..",
                                "io.thespace.application..",
                                "io.thespace.restclient..",
                                "io.thespace.wire..",
                                "io.thespace.openapi..")))
                        .and(not(INTERFACES.and(annotatedWith("jakarta.ws.rs.Path")))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "jakarta.ws.rs..", "io.thespace.wire..")
                .check(product);
    }

    /** The platform does not depend on plugins, and plugins depend on the platform's SPI only. */
    @Test
    void pluginsAndPlatformMeetInTheSpi() {
        for (String plugin : List.of(
                "io.thespace.financial..",
                "io.thespace.mirrorcore..",
                "io.thespace.notice..",
                "io.thespace.failing..")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(plugin)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(plugin)
                    .check(product);
            classes()
                    .that()
                    .resideInAPackage(plugin)
                    .should()
                    .onlyDependOnClassesThat(resideInAPackage(plugin)
                            .or(resideInAPackage("io.thespace.plugin.api.."))
                            .or(not(resideInAPackage("io.thespace.."))))
                    .check(product);
        }
    }

    @Test
    void theSpiDependsOnNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.thespace.plugin.api..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("io.thespace.plugin.api..", "java..", "jakarta.."))
                .check(product);
    }

    /** The SDK's package for the stateless wire may change until its version 3. */
    @Test
    void onePackageKnowsTheStatelessWire() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.thespace.mcp.servlet.stateless")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.modelcontextprotocol.modern..")
                .check(product);
    }

    // 3: One transaction = one public method of a use-case class
    // ---------------------------------------------------------

    @Test
    void onlySessionBeansUseTheEntityManager() {
        noClasses()
                .that()
                .areNotAnnotatedWith("jakarta.ejb.Stateless")
                .and()
                .areNotAnnotatedWith("jakarta.ejb.Singleton")
                // What tests build on, where no container is.
                .and()
                .resideOutsideOfPackage("io.thespace.plugin.contract..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.persistence.EntityManager")
                .check(product);
    }

    @Test
    void adaptersOpenNoTransactions() {
        noClasses()
                .that(resideInAnyPackage(
                                "..rest..",
                                "..management..",
                                "..socket..",
                                "..servlet..",
                                "io.thespace.jaxrs..",
                                "io.thespace.application..",
                                "io.thespace.wire..",
                                "io.thespace.openapi..")
                        .as("adapters"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ejb.TransactionAttribute")
                .orShould()
                .beAnnotatedWith("jakarta.ejb.Stateless")
                .orShould()
                .beAnnotatedWith("jakarta.ejb.Singleton")
                .check(product);
    }

    // 4: One exception type, one error enum per capability
    // ---------------------------------------------------------------

    @Test
    void thereIsOneExceptionOfRefusal() {
        assertThat(product.stream()
                        .filter(type -> type.isAssignableTo(Throwable.class))
                        .map(type -> type.getName())
                        .toList())
                .containsExactlyInAnyOrder(
                        "io.thespace.plugin.api.Rejection",
                        "io.thespace.configuration.InvalidConfiguration",
                        // What other servers answered with, for the capability that called them; no caller sees it.
                        "io.thespace.restclient.UnexpectedStatus",
                        "io.thespace.restclient.UnreadableResponse",
                        // Of the JSON reader, a JsonProcessingException; the decoder makes a Rejection of it.
                        "io.thespace.json.UnstorableValueException",
                        // Of the simulator, out of the depths of a budget that is used up; who set the budget makes a
                        // refusal of it.
                        "io.thespace.simulator.Effort$Exceeded",
                        "io.thespace.simulator.Judge$TooCostly",
                        // Of the launcher, which is a program of its own.
                        "io.thespace.launcher.LaunchFailure",
                        // Of the SDK, which runs in other people's programs: refused, or not answered.
                        "io.thespace.sdk.ManagementException",
                        "io.thespace.sdk.RefusedException",
                        "io.thespace.sdk.UnreachableException");
    }

    @Test
    void eachCapabilityHasOneEnumOfErrors() {
        Map<String, List<String>> errors = product.stream()
                .filter(type -> type.isEnum()
                        && type.getAllRawInterfaces().stream()
                                .anyMatch(i -> i.getName().equals("io.thespace.plugin.api.ErrorCode")))
                .collect(Collectors.groupingBy(
                        type -> type.getPackageName(),
                        TreeMap::new,
                        Collectors.mapping(type -> type.getSimpleName(), Collectors.toList())));

        assertThat(errors).hasSizeGreaterThanOrEqualTo(4);
        assertThat(errors.values()).allSatisfy(names -> assertThat(names).hasSize(1));
        assertThat(errors.values().stream().flatMap(List::stream)).allMatch(name -> name.endsWith("Error"));
    }

    /** Besides the errors of the workflow DSL, which are problem details, too. */
    @Test
    void onlyTheWireKnowsStatuses() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.thespace.wire..", "io.thespace.openapi..")
                .and()
                .doNotHaveFullyQualifiedName("io.thespace.workflow.run.StepProblems")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.thespace.problem.Statuses")
                .check(product);
    }

    // 5: Package-private until someone outside needs it
    // ----------------------------------------------------------------

    @Test
    void entitiesArePackagePrivateAndHaveNoSetters() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .should()
                .bePackagePrivate()
                .check(product);
        assertThat(product.stream()
                        .filter(type -> type.isAnnotatedWith("jakarta.persistence.Entity"))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getName().matches("set[A-Z].*"))
                        .map(method -> method.getFullName()))
                .isEmpty();
    }

    /** Payara Server's proxies of session beans live in a module of their own: what they cannot see they cannot return. */
    @Test
    void whatSessionBeansReturnIsPublic() {
        assertThat(sessionBeans()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getRawReturnType().isPrimitive()
                                && !method.getRawReturnType()
                                        .getBaseComponentType()
                                        .getModifiers()
                                        .contains(JavaModifier.PUBLIC))
                        .map(method -> method.getFullName()))
                .isEmpty();
    }

    private Stream<JavaClass> sessionBeans() {
        return product.stream()
                .filter(type ->
                        type.isAnnotatedWith("jakarta.ejb.Stateless") || type.isAnnotatedWith("jakarta.ejb.Singleton"));
    }

    /** Servers refuse calls of others, when they come. */
    @Test
    void ofSessionBeansOnlyPublicMethodsAreCalled() {
        assertThat(sessionBeans()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> !method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.STATIC)
                                && method.getAccessesToSelf().stream()
                                        .anyMatch(call -> !outermost(call.getOriginOwner())
                                                .equals(method.getOwner())))
                        .map(method -> method.getFullName()))
                .isEmpty();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /** Payara looks for callbacks by their name alone. */
    @Test
    void callbacksOfSessionBeansHaveNoNamesakes() {
        assertThat(sessionBeans()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith("jakarta.annotation.PostConstruct")
                                || method.isAnnotatedWith("jakarta.annotation.PreDestroy"))
                        .filter(method -> method.getOwner().getMethods().stream()
                                        .filter(other -> other.getName().equals(method.getName()))
                                        .count()
                                > 1)
                        .map(method -> method.getFullName()))
                .isEmpty();
    }

    /** In the flat WAR of Payara Micro all of them are in one module. */
    @Test
    void sessionBeansHaveNamesOfTheirOwn() {
        Map<String, List<String>> byName = sessionBeans()
                .collect(Collectors.groupingBy(
                        ArchitectureTest::beanName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertThat(byName).hasSizeGreaterThan(20);
        assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
    }

    private static String beanName(JavaClass type) {
        return Stream.of("jakarta.ejb.Stateless", "jakarta.ejb.Singleton")
                .flatMap(annotation -> type.tryGetAnnotationOfType(annotation).stream())
                .flatMap(annotation -> annotation.get("name").stream())
                .map(Object::toString)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(type.getSimpleName());
    }

    @Test
    void fieldsOfBeansAreNotPublic() {
        assertThat(product.stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC)
                                && !field.getModifiers().contains(JavaModifier.FINAL))
                        .map(field -> field.getFullName()))
                .isEmpty();
    }
}
