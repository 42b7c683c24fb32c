// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The commands by name, in the order in which {@code --help} lists them. */
final class Commands {
    private static final Map<String, Supplier<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("install", InstallCommand::new);
        ALL.put("remove", RemoveCommand::new);
        ALL.put("upgrade", UpgradeCommand::new);
        ALL.put("search", SearchCommand::new);
        ALL.put("show", ShowCommand::new);
        ALL.put("pull", PullCommand::new);
        ALL.put("channel", ChannelCommand::new);
        ALL.put("describe", DescribeCommand::new);
        ALL.put("list", ListCommand::new);
        ALL.put("generations", GenerationsCommand::new);
        ALL.put("compare-generations", CompareGenerationsCommand::new);
        ALL.put("roll-back", RollBackCommand::new);
        ALL.put("switch-generation", SwitchGenerationCommand::new);
        ALL.put("label-generation", LabelGenerationCommand::new);
        ALL.put("pin-generation", PinGenerationCommand::new);
        ALL.put("unpin-generation", UnpinGenerationCommand::new);
        ALL.put("delete-generations", DeleteGenerationsCommand::new);
        ALL.put("run", RunCommand::new);
        ALL.put("shellenv", ShellenvCommand::new);
        ALL.put("build", BuildCommand::new);
        ALL.put("graph", GraphCommand::new);
        ALL.put("archive", ArchiveCommand::new);
        ALL.put("hash", HashCommand::new);
        ALL.put("gc", GcCommand::new);
        ALL.put("verify", VerifyCommand::new);
        ALL.put("daemon", DaemonCommand::new);
        ALL.put("publish", PublishCommand::new);
        ALL.put("weather", WeatherCommand::new);
        ALL.put("challenge", ChallengeCommand::new);
    }

    private Commands() {}

    /**
     * The commands that are needed to understand {@code arguments}: the one they start with, or all. Setting up all of
     * them takes longer than most of them run.
     */
    static Map<String, Supplier<?>> neededFor(String... arguments) {
        if (arguments.length > 0 && ALL.containsKey(arguments[0])) {
            return Map.of(arguments[0], ALL.get(arguments[0]));
        }
        return ALL;
    }
}
