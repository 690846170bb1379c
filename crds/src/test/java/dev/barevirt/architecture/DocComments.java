package dev.barevirt.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What of a module's public face has no doc comment. The compiler's own check wants a tag for every
 * parameter and result as well, which would say each thing twice; this one wants the sentence.
 */
public final class DocComments {
  private DocComments() {}

  /**
   * Names everything public below a directory of sources that has no doc comment: types, methods
   * that override nothing, constructors of classes, constants. Records and enums are made without
   * their constructors being called by name, so those need none.
   *
   * @param sources the directory
   * @param atLeast how many files must be found, so that an empty scan does not pass
   */
  public static List<String> missing(Path sources, int atLeast) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(sources)) {
      files = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    if (files.size() < atLeast) {
      throw new AssertionError(
          "only %d sources in %s, at least %d expected".formatted(files.size(), sources, atLeast));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      Scanner scanner = new Scanner(DocTrees.instance(task));
      for (CompilationUnitTree file : task.parse()) {
        scanner.scan(file, false);
      }
      return scanner.missing;
    }
  }

  /**
   * Walks through what can be seen from outside; its argument is whether all members are public.
   */
  private static final class Scanner extends TreePathScanner<@Nullable Void, Boolean> {
    private final DocTrees docs;
    private final List<String> missing = new ArrayList<>();

    Scanner(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Boolean inInterface) {
      if (!isPublic(type.getModifiers()) && !inInterface) {
        return null;
      }
      require(type.getSimpleName().toString());
      return super.visitClass(type, type.getKind() == Tree.Kind.INTERFACE);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Boolean inInterface) {
      Set<Modifier> modifiers = method.getModifiers().getFlags();
      boolean seen =
          modifiers.contains(Modifier.PUBLIC)
              || (inInterface && !modifiers.contains(Modifier.PRIVATE));
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (seen && !overrides && !isMadeUnnamed(method)) {
        require(method.getName().toString());
      }
      return null;
    }

    private boolean isMadeUnnamed(MethodTree method) {
      return method.getReturnType() == null
          && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
          && type.getKind() != Tree.Kind.CLASS;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, Boolean inInterface) {
      if (field.getModifiers().getFlags().contains(Modifier.PUBLIC) || inInterface) {
        require(field.getName().toString());
      }
      return null;
    }

    private static boolean isPublic(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private void require(String name) {
      if (docs.getDocComment(getCurrentPath()) == null) {
        Path file = Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri());
        missing.add(file.getFileName() + ": " + name);
      }
    }
  }
}
