package io.thespace.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands for plugin authors. They need no instance. */
final class Authoring {

    static final Set<String> COMMANDS = Set.of("new-plugin", "new-publisher-key", "sign-plugin");

    private Authoring() {}

    /** Runs a command with its arguments and returns its exit code. */
    static int run(String command, List<String> arguments) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (Set.of("--key", "--publisher").contains(arguments.get(i)) && i + 1 < arguments.size()) {
                options.put(arguments.get(i), arguments.get(++i));
            } else {
                words.add(arguments.get(i));
            }
        }
        boolean signs = command.equals("sign-plugin");
        if (words.isEmpty()
                || words.size() > (signs ? 1 : 2)
                || options.size() != (signs ? 2 : 0)
                || words.stream().anyMatch(word -> word.startsWith("-"))) {
            System.err.println("Usage: ./deploy.sh " + usage(command));
            return 2;
        }
        switch (command) {
            case "new-plugin" -> newPlugin(words);
            case "new-publisher-key" -> newPublisherKey(words);
            default -> {
                int files = new Publisher(options.get("--publisher"))
                        .sign(Path.of(words.get(0)), Path.of(options.get("--key")));
                System.out.println(
                        "Signed " + files + " files of " + words.get(0) + " as " + options.get("--publisher") + ".");
            }
        }
        return 0;
    }

    private static String usage(String command) {
        return switch (command) {
            case "new-plugin" -> "new-plugin <id> [folder]";
            case "new-publisher-key" -> "new-publisher-key <name> [folder]";
            default -> "sign-plugin <zip> --key <file> --publisher <name>";
        };
    }

    private static void newPlugin(List<String> words) {
        NewPlugin plugin = new NewPlugin(Checkout.folder(), words.get(0));
        Path folder = Path.of(words.size() > 1 ? words.get(1) : plugin.name());
        plugin.make(folder);
        System.out.println("Made " + folder + ". Test and package it:");
        System.out.println("  cd '" + folder + "' && ./mvnw package");
        System.out.println("docs/PLUGIN_AUTHORING.md describes how to install and extend it.");
    }

    private static void newPublisherKey(List<String> words) {
        Path folder = Path.of(words.size() > 1 ? words.get(1) : ".");
        String setting = new Publisher(words.get(0)).makeKey(folder);
        System.out.println("Made " + folder.resolve(words.get(0) + ".key") + " (keep it secret) and "
                + folder.resolve(words.get(0) + ".pub") + ".");
        System.out.println("Start a platform that trusts this publisher with:");
        System.out.println("  SPACE_PLUGIN_PUBLISHERS=" + setting);
    }
}
