// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How lists of channels are written: as {@code guix describe} writes them (services, section 4.2). */
public enum ChannelsFormat {
    /** For people: name, address, branch and commit of each. */
    HUMAN {
        @Override
        public String print(List<ChannelDefinition> channels) {
            return channels.stream().map(ChannelsFormat::human).collect(Collectors.joining());
        }
    },
    /** Code for {@code channels.scm}. */
    CHANNELS {
        @Override
        public String print(List<ChannelDefinition> channels) {
            return code(channels, true);
        }
    },
    /** The same without saying from where on commits are authenticated. */
    CHANNELS_SANS_INTRO {
        @Override
        public String print(List<ChannelDefinition> channels) {
            return code(channels, false);
        }
    },
    /** One line of JSON. */
    JSON {
        @Override
        public String print(List<ChannelDefinition> channels) {
            return ChannelsJson.print(channels);
        }
    },
    /** Records of fields (GNU recutils). */
    RECUTILS {
        @Override
        public String print(List<ChannelDefinition> channels) {
            return channels.stream().map(ChannelsFormat::record).collect(Collectors.joining());
        }
    };

    /** Wider lists than this are broken into lines, as Guile's printer does it. */
    private static final int WIDTH = 50;

    /** The whole text, with a line end at its end. */
    public abstract String print(List<ChannelDefinition> channels);

    /** As options of commands name it, such as {@code channels-sans-intro}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of an option's value. */
    public static Optional<ChannelsFormat> of(String option) {
        return List.of(values()).stream().filter(format -> format.option().equals(option)).findFirst();
    }

    private static String human(ChannelDefinition channel) {
        String digits = channel.commit()
                .map(commit -> " " + commit.substring(0, Math.min(7, commit.length())))
                .orElse("");
        return "  " + channel.name() + digits + "\n"
                + "    repository URL: " + channel.url() + "\n"
                + channel.branch().map(branch -> "    branch: " + branch + "\n").orElse("")
                + channel.commit().map(commit -> "    commit: " + commit + "\n").orElse("");
    }

    private static String record(ChannelDefinition channel) {
        return "name: " + channel.name() + "\nurl: " + channel.url() + "\n"
                + channel.branch().map(branch -> "branch: " + branch + "\n").orElse("")
                + channel.commit().map(commit -> "commit: " + commit + "\n").orElse("")
                + channel.introduction()
                        .map(introduction -> "introductioncommit: " + introduction.commit()
                                + "\nintroductionsigner: " + introduction.signer() + "\n")
                        .orElse("")
                + "\n";
    }

    private static String code(List<ChannelDefinition> channels, boolean introductions) {
        List<String> all = new ArrayList<>();
        for (ChannelDefinition channel : channels) {
            List<String> fields = new ArrayList<>();
            String name = SchemePrinter.print(Datum.symbol(channel.name()));
            fields.add(form(8, "name", "'" + name));
            fields.add(form(8, "url", text(channel.url())));
            channel.branch().ifPresent(branch -> fields.add(form(8, "branch", text(branch))));
            channel.commit().ifPresent(commit -> fields.add(form(8, "commit", text(commit))));
            channel.introduction().filter(_ -> introductions).ifPresent(introduction -> fields.add(
                    "(introduction\n          (make-channel-introduction\n            " + text(introduction.commit())
                            + "\n            "
                            + form(12, "openpgp-fingerprint", text(introduction.signer().toString())) + "))"));
            all.add("(channel\n        " + String.join("\n        ", fields) + ")");
        }
        return "(list" + (all.isEmpty() ? "" : " " + String.join("\n      ", all)) + ")\n";
    }

    private static String text(String value) {
        return SchemePrinter.print(Datum.text(value));
    }

    private static String form(int column, String operator, String operand) {
        String line = "(" + operator + " " + operand + ")";
        return line.length() <= WIDTH ? line : "(" + operator + "\n" + " ".repeat(column + 2) + operand + ")";
    }
}
