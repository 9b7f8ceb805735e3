package dev.kalends.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The declarations of a Java file, as the compiler's parser sees them.
 *
 * @param topLevel names of the types that stand at the top
 * @param types names of all types
 */
record JavaOutline(List<String> topLevel, List<String> types, List<Method> methods) {
    /**
     * A method or constructor.
     *
     * @param lines from its signature to its last brace; tables in annotations are not counted
     */
    record Method(String name, long line, long lines) {}

    static JavaOutline of(SourceFile file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, _ -> {}, List.of(), null, List.of(object(file)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Outliner outliner = new Outliner(unit, Trees.instance(task).getSourcePositions());
            outliner.scan(unit, null);
            List<String> topLevel = unit.getTypeDecls().stream()
                    .filter(ClassTree.class::isInstance)
                    .map(type -> ((ClassTree) type).getSimpleName().toString())
                    .toList();
            return new JavaOutline(topLevel, outliner.types, outliner.methods);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject object(SourceFile file) {
        return new SimpleJavaFileObject(URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return file.text();
            }
        };
    }

    /** Collects declarations. */
    private static final class Outliner extends TreeScanner<Void, Void> {
        private final List<String> types = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Outliner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!type.getSimpleName().isEmpty()) {
                types.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(signature(method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method) - 1);
            methods.add(new Method(method.getName().toString(), first, last - first + 1));
            return super.visitMethod(method, null);
        }

        private long signature(MethodTree method) {
            long modifiersEnd = positions.getEndPosition(unit, method.getModifiers());
            return modifiersEnd < 0 ? positions.getStartPosition(unit, method) : modifiersEnd;
        }
    }
}
