package dev.barevirt.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The structure every module keeps, as ArchUnit rules over its main classes.
 *
 * <p>A module's {@code ArchitectureTest} takes {@link #of} with its root package and the number of
 * classes it has at least, so that a scan which finds nothing cannot pass.
 */
public final class Structure {
  private static final Pattern VAGUE_NAME =
      Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Base)$");
  private static final String[] PURE_PACKAGES = {"..machine..", "..rules..", "..condition.."};
  private static final List<String> WORLD_PACKAGES =
      List.of("java.io.", "java.nio.file.", "java.net.", "io.fabric8.kubernetes.client.");
  private static final List<String> WORLD_CLASSES =
      List.of("java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Thread");
  private static final List<String> HARMLESS =
      List.of("java.io.Serializable", "java.io.UncheckedIOException");
  private static final List<String> UNNAMED_ERRORS =
      List.of("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error");
  private static final Pattern PURE_NAME =
      Pattern.compile(".*(Planner|Projector|Lifecycle|Template)$");

  private final String root;
  private final JavaClasses classes;

  private Structure(String root, JavaClasses classes) {
    this.root = root;
    this.classes = classes;
  }

  /**
   * Reads the main classes below a package.
   *
   * @param root the module's root package
   * @param atLeast how many classes must be found
   */
  public static Structure of(String root, int atLeast) {
    JavaClasses found =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test/"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(root);
    if (found.size() < atLeast) {
      throw new AssertionError(
          "only %d classes found below %s, at least %d expected"
              .formatted(found.size(), root, atLeast));
    }
    return new Structure(root, found);
  }

  /** Checks the rules that hold in every module. */
  public void check() {
    everyPackageIsNullMarked();
    packagesAreFreeOfCycles();
    nettyStaysInItsPackages();
    decisionsArePure();
    namesSayWhatThingsAre();
    nothingWritesToStandardStreams();
    nothingThrowsUnnamedErrors();
    nothingSleeps();
    onlyMainsReadTheEnvironment();
  }

  private void everyPackageIsNullMarked() {
    check(
        classes()
            .that(
                new DescribedPredicate<>("are top level") {
                  @Override
                  public boolean test(JavaClass type) {
                    return type.isTopLevelClass();
                  }
                })
            .should(
                new ArchCondition<>("live in a @NullMarked package") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                      events.add(
                          SimpleConditionEvent.violated(
                              type, type.getPackageName() + " is not @NullMarked"));
                    }
                  }
                }));
  }

  private void packagesAreFreeOfCycles() {
    check(slices().matching(root + ".(**)").should().beFreeOfCycles());
  }

  private void nettyStaysInItsPackages() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("..wire..", "..stream..", "..http..")
            .and()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  private void decisionsArePure() {
    DescribedPredicate<JavaClass> impure =
        new DescribedPredicate<>("touch the world") {
          @Override
          public boolean test(JavaClass type) {
            String name = type.getName();
            if (HARMLESS.contains(name)) {
              return false;
            }
            return WORLD_CLASSES.contains(name)
                || WORLD_PACKAGES.stream().anyMatch(name::startsWith);
          }
        };
    DescribedPredicate<JavaClass> decides =
        new DescribedPredicate<>("decide") {
          @Override
          public boolean test(JavaClass type) {
            return PURE_NAME.matcher(type.getSimpleName()).matches();
          }
        };
    check(
        noClasses().that().resideInAnyPackage(PURE_PACKAGES).should().dependOnClassesThat(impure));
    check(noClasses().that(decides).should().dependOnClassesThat(impure));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE_PACKAGES)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  private void namesSayWhatThingsAre() {
    check(
        noClasses()
            .should()
            .haveNameMatching(VAGUE_NAME.pattern())
            .because("such a name says nothing about what the class is"));
  }

  private void nothingWritesToStandardStreams() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .and()
            .resideOutsideOfPackages("..cli..", "..output..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
  }

  private void nothingThrowsUnnamedErrors() {
    check(
        classes()
            .should(
                new ArchCondition<>("make errors that have a type of their own") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    type.getConstructorCallsFromSelf().stream()
                        .filter(call -> UNNAMED_ERRORS.contains(call.getTargetOwner().getName()))
                        .filter(call -> !isASubclass(type, call.getTargetOwner()))
                        .forEach(
                            call ->
                                events.add(
                                    SimpleConditionEvent.violated(type, call.getDescription())));
                  }
                }));
  }

  private static boolean isASubclass(JavaClass type, JavaClass parent) {
    return type.getRawSuperclass().filter(parent::equals).isPresent();
  }

  private void nothingSleeps() {
    check(
        noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class));
  }

  private void onlyMainsReadTheEnvironment() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class));
  }

  /** Checks that classes of a package are records, enums, interfaces or sealed types only. */
  public void holdsOnlyValues(String... packages) {
    check(
        classes()
            .that()
            .resideInAnyPackage(packages)
            .and()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should(
                new ArchCondition<>("be records, enums, annotations or interfaces") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    if (!type.isRecord() && !type.isEnum() && !type.isInterface()) {
                      events.add(
                          SimpleConditionEvent.violated(type, type.getName() + " is a class"));
                    }
                  }
                }));
  }

  /**
   * Checks that a package has only final classes with one suffix, which keep nothing but constants.
   *
   * @param inPackage the package of the family
   * @param suffix what each class name ends with
   * @param except simple names that belong to the package and not to the family
   */
  public void isAFamily(String inPackage, String suffix, String... except) {
    List<String> exceptions = List.of(except);
    DescribedPredicate<JavaClass> member =
        new DescribedPredicate<>("belong to the family of " + suffix) {
          @Override
          public boolean test(JavaClass type) {
            return type.isTopLevelClass()
                && type.getPackageName().equals(inPackage)
                && type.getSimpleName().endsWith(suffix)
                && !exceptions.contains(type.getSimpleName());
          }
        };
    check(classes().that(member).should(beFinal()));
    check(
        classes()
            .that(member)
            .should(
                new ArchCondition<>("have no fields but constants") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    type.getFields().stream()
                        .filter(
                            field ->
                                !(field.getModifiers().contains(JavaModifier.STATIC)
                                    && field.getModifiers().contains(JavaModifier.FINAL)))
                        .forEach(
                            field ->
                                events.add(
                                    SimpleConditionEvent.violated(type, field.getFullName())));
                  }
                }));
  }

  /** The names of the classes that implement an interface. */
  public List<String> implementing(Class<?> type) {
    return classes.stream()
        .filter(one -> one.isAssignableTo(type) && !one.isInterface())
        .map(JavaClass::getName)
        .toList();
  }

  /** Checks that no class outside the named packages depends on a library. */
  public void keepsOut(String library, String... allowedIn) {
    check(
        allowedIn.length == 0
            ? noClasses().should().dependOnClassesThat().resideInAPackage(library)
            : noClasses()
                .that()
                .resideOutsideOfPackages(allowedIn)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
  }

  /** Checks a rule that only one module has. */
  public void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }
}
