package io.thespace.plugin;

import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps a plugin's classes from ending the server's process by mistake: calls of {@code System.exit} and the like, and handles of
 * these methods (method references, constants), are turned into an exception when an archive is unpacked. Reflection gets around it.
 */
public final class Fence {

    private static final String SELF = "io/thespace/plugin/Fence";
    private static final Set<String> FENCED =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");
    private static final int MAX_CLASS_BYTES = 8 * 1024 * 1024;
    private static final int MAX_ENTRY_BYTES = 64 * 1024 * 1024;
    private static final int MAGIC = 0xCAFEBABE;

    private Fence() {}

    /** The replacement of {@code System.exit} in plugins. */
    @SuppressWarnings("DoNotCallSuggester") // Called by rewritten plugin code only.
    public static void exit(int status) {
        throw new SecurityException("A plugin may not end the server's process");
    }

    /** The replacement of {@code Runtime.exit} and {@code Runtime.halt} in plugins. */
    @SuppressWarnings("DoNotCallSuggester")
    public static void exit(Runtime runtime, int status) {
        exit(status);
    }

    /**
     * Reads every class of every jar in an archive.
     *
     * @param left the remaining number of bytes that may be unpacked
     * @throws Rejection naming a class that is invalid, or that requires a newer Java
     */
    static void check(ZipFile archive, long[] left) throws IOException {
        boolean any = false;
        Enumeration<? extends ZipEntry> entries = archive.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (Archive.jar(entry.getName())) {
                any = true;
                try (InputStream jar = archive.getInputStream(entry)) {
                    rewrite(entry.getName(), jar, OutputStream.nullOutputStream(), left);
                } catch (ZipException e) {
                    throw Archive.invalid("%s is not a jar, or is damaged.".formatted(entry.getName()));
                }
            }
        }
        if (!any) {
            throw Archive.invalid("The archive has no jar in lib/.");
        }
    }

    /** Copies a jar that was checked, fenced. */
    static void copy(InputStream jar, OutputStream fenced) throws IOException {
        rewrite("jar", jar, fenced, new long[] {Long.MAX_VALUE});
    }

    private static void rewrite(String jar, InputStream in, OutputStream out, long[] left) throws IOException {
        ZipInputStream from = new ZipInputStream(in);
        ZipOutputStream to = new ZipOutputStream(out);
        int entries = 0;
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            entries++;
            // The classes change, so a signature inside the jar holds no more; the archive's own was checked.
            boolean signature = entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
            if (entry.isDirectory() || signature) {
                pass(from, OutputStream.nullOutputStream(), left);
                continue;
            }
            to.putNextEntry(new ZipEntry(entry.getName()));
            if (entry.getName().endsWith(".class")) {
                byte[] bytes = from.readNBytes(MAX_CLASS_BYTES + 1);
                Archive.spend(left, bytes.length);
                to.write(fence(jar, entry.getName(), bytes));
            } else {
                pass(from, to, left);
            }
            to.closeEntry();
        }
        if (entries == 0) {
            throw new ZipException("no entries");
        }
        to.finish();
    }

    /** Copies an entry, which never lies in memory as a whole. */
    private static void pass(InputStream in, OutputStream out, long[] left) throws IOException {
        long copied = 0;
        byte[] buffer = new byte[16_384];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            Archive.spend(left, n);
            out.write(buffer, 0, n);
            copied += n;
            if (copied > MAX_ENTRY_BYTES) {
                throw new Rejection(
                        PluginError.ARCHIVE_TOO_LARGE,
                        "A file in a jar may have %d bytes at the most.".formatted(MAX_ENTRY_BYTES));
            }
        }
    }

    private static byte[] fence(String jar, String name, byte[] bytes) {
        String where = "%s in %s".formatted(name, jar);
        if (bytes.length < 10 || bytes.length > MAX_CLASS_BYTES || magic(bytes) != MAGIC) {
            throw Archive.invalid(where + " is not a class file.");
        }
        int version = (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
        int ours = Runtime.version().feature() + 44;
        boolean versioned = name.startsWith("META-INF/versions/");
        if (version > ours && !versioned) {
            throw Archive.invalid(
                    "%s is compiled for Java %d; this server runs Java %d.".formatted(where, version - 44, ours - 44));
        }
        if (name.endsWith("module-info.class") || version > ours) {
            return bytes;
        }
        try {
            ClassReader reader = new ClassReader(bytes);
            ClassWriter writer = new ClassWriter(reader, 0);
            boolean[] changed = {false};
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String method, String type, String signature, String[] exceptions) {
                            return fenced(super.visitMethod(access, method, type, signature, exceptions), changed);
                        }
                    },
                    0);
            return changed[0] ? writer.toByteArray() : bytes;
        } catch (RuntimeException e) {
            // ASM throws whatever a malformed class happens to trip over.
            throw Archive.invalid(where + " is not a well-formed class file.");
        }
    }

    private static MethodVisitor fenced(MethodVisitor writer, boolean[] changed) {
        return new MethodVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
                if (FENCED.contains(owner + "." + name)) {
                    changed[0] = true;
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, "exit", substitute(owner), false);
                } else {
                    super.visitMethodInsn(opcode, owner, name, type, ofInterface);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                super.visitInvokeDynamicInsn(name, type, bootstrap, fenced(arguments, changed));
            }

            @Override
            public void visitLdcInsn(Object constant) {
                super.visitLdcInsn(fenced(constant, changed));
            }
        };
    }

    private static Object[] fenced(Object[] constants, boolean[] changed) {
        return Arrays.stream(constants)
                .map(constant -> fenced(constant, changed))
                .toArray();
    }

    /** A constant of the class file; a handle of a fenced method becomes one of its substitute. */
    private static Object fenced(Object constant, boolean[] changed) {
        if (constant instanceof Handle handle && FENCED.contains(handle.getOwner() + "." + handle.getName())) {
            changed[0] = true;
            return new Handle(Opcodes.H_INVOKESTATIC, SELF, "exit", substitute(handle.getOwner()), false);
        }
        if (constant instanceof ConstantDynamic dynamic) {
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = fenced(dynamic.getBootstrapMethodArgument(i), changed);
            }
            return new ConstantDynamic(
                    dynamic.getName(), dynamic.getDescriptor(), dynamic.getBootstrapMethod(), arguments);
        }
        return constant;
    }

    /** The type of what takes the place of a method: the methods of {@code Runtime} have a receiver. */
    private static String substitute(String owner) {
        return owner.equals("java/lang/Runtime") ? "(Ljava/lang/Runtime;I)V" : "(I)V";
    }

    private static int magic(byte[] bytes) {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }
}
