package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Ways to end the process without a call instruction, after the class file was rewritten by the fence. */
class FenceTest {

    private static Class<?> fenced;

    /** Possible operations of a plugin's class. */
    public static final class Ending {

        private Ending() {}

        /** A method reference. */
        public static IntConsumer exit() {
            return System::exit;
        }

        /** A method reference with its receiver. */
        public static IntConsumer halt() {
            return Runtime.getRuntime()::halt;
        }

        /** A method reference without its receiver. */
        public static BiConsumer<Runtime, Integer> exitOf() {
            return Runtime::exit;
        }

        /** A lambda expression. */
        public static Runnable lambda() {
            return () -> System.exit(3);
        }
    }

    @BeforeAll
    static void fence() throws Exception {
        String name = Ending.class.getName();
        byte[] bytes = fenced(name, classFile(name));
        fenced = define(name, bytes);
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream file = FenceTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return file.readAllBytes();
        }
    }

    private static byte[] fenced(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(jar)) {
            zip.putNextEntry(new ZipEntry(name.replace('.', '/') + ".class"));
            zip.write(bytes);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Fence.copy(new ByteArrayInputStream(jar.toByteArray()), out);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            zip.getNextEntry();
            return zip.readAllBytes();
        }
    }

    private static Class<?> define(String name, byte[] bytes) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(FenceTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                return wanted.equals(name)
                        ? defineClass(name, bytes, 0, bytes.length)
                        : super.loadClass(wanted, resolve);
            }
        };
        return loader.loadClass(name);
    }

    private static Object made(String method) throws ReflectiveOperationException {
        return fenced.getMethod(method).invoke(null);
    }

    @Test
    @SuppressWarnings("unchecked") // as the methods of Ending declare
    void methodReferencesAndLambdasThrow() throws Exception {
        IntConsumer exit = (IntConsumer) made("exit");
        IntConsumer halt = (IntConsumer) made("halt");
        BiConsumer<Runtime, Integer> exitOf = (BiConsumer<Runtime, Integer>) made("exitOf");
        Runnable lambda = (Runnable) made("lambda");

        assertThatThrownBy(() -> exit.accept(3)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> halt.accept(3)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> exitOf.accept(Runtime.getRuntime(), 3)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(lambda::run).isInstanceOf(SecurityException.class);
    }

    @Test
    void handlesInTheConstantPoolAreThoseOfTheSubstitute() throws Exception {
        Handle exit = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/System", "exit", "(I)V", false);
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/invoke/ConstantBootstraps",
                "invoke",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                        + "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
                false);
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Constants", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "load", "()V", null, null);
        method.visitCode();
        method.visitLdcInsn(exit);
        method.visitInsn(Opcodes.POP);
        method.visitLdcInsn(new ConstantDynamic("ending", "Ljava/lang/Object;", bootstrap, exit, 3));
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();

        StringBuilder constants = new StringBuilder();
        new ClassReader(fenced("Constants", writer.toByteArray()))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitLdcInsn(Object constant) {
                                        constants.append(constant).append('\n');
                                    }
                                };
                            }
                        },
                        0);

        assertThat(constants.toString())
                .contains("io/thespace/plugin/Fence.exit")
                .doesNotContain("java/lang/System.exit");
    }
}
