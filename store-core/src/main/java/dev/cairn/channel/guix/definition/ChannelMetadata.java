// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.FormatException;
import dev.cairn.git.Commits;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a channel's own file {@code .guix-channel} says (services, section 4.4).
 *
 * @param directory the folder that holds the modules: begins with a slash, leads nowhere out of the channel
 * @param newsFile where its news are
 * @param keyringReference the branch that has the keys of those who sign commits
 * @param url where it is at home
 * @param dependencies channels that it needs
 */
public record ChannelMetadata(
        String directory,
        Optional<String> newsFile,
        String keyringReference,
        Optional<String> url,
        List<ChannelDefinition> dependencies) {
    /** The file's name. */
    public static final String FILE = ".guix-channel";

    /** What holds for a channel without the file. */
    public static final ChannelMetadata NONE =
            new ChannelMetadata("/", Optional.empty(), "keyring", Optional.empty(), List.of());

    private static final int MAX_DEPENDENCIES = 100;

    /** @throws IllegalArgumentException when the folder leads out of the channel */
    public ChannelMetadata {
        if (!isInside(directory)) {
            throw new IllegalArgumentException("the folder of modules leads out of the channel");
        }
        dependencies = List.copyOf(dependencies);
    }

    private static boolean isInside(String folder) {
        return folder.startsWith("/")
                && folder.length() < 1000
                && !List.of(folder.split("/")).contains("..")
                && folder.chars().noneMatch(c -> c < ' ' || c == '\\');
    }

    /** The folder of modules without slashes around it; empty for the whole channel. */
    public String folder() {
        return directory.replaceAll("/+", "/").replaceAll("^/|/$", "");
    }

    /**
     * Reads the file.
     *
     * @throws FormatException when it is of another version or no such file
     */
    public static ChannelMetadata read(String text) throws FormatException {
        Properties file = Properties.read(FILE, "channel", text);
        String directory = file.text("directory").orElse("/");
        List<ChannelDefinition> dependencies = new ArrayList<>();
        for (Form each : file.all("dependencies")) {
            Properties.of("channel", each).flatMap(ChannelMetadata::dependency).ifPresent(dependencies::add);
            if (dependencies.size() > MAX_DEPENDENCIES) {
                throw new FormatException(FILE, "more than " + MAX_DEPENDENCIES + " dependencies");
            }
        }
        try {
            return new ChannelMetadata(
                    directory.startsWith("/") ? directory : "/" + directory,
                    file.text("news-file"),
                    file.text("keyring-reference").orElse(NONE.keyringReference),
                    file.text("url"),
                    dependencies);
        } catch (IllegalArgumentException e) {
            throw new FormatException(FILE, String.valueOf(e.getMessage()));
        }
    }

    /** Those without a name or an address are passed over, as Guix does it. */
    private static Optional<ChannelDefinition> dependency(Properties channel) {
        Optional<String> name = channel.symbol("name");
        Optional<String> url = channel.text("url");
        if (name.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        Optional<Introduction> introduction = channel.all("introduction").stream()
                .findFirst()
                .flatMap(form -> Properties.of("channel-introduction", form))
                .flatMap(ChannelMetadata::introduction);
        try {
            return Optional.of(new ChannelDefinition(
                    name.get(), url.get(), channel.text("branch").or(() -> Optional.of(ChannelDefinition.BRANCH)),
                    channel.text("commit"), introduction));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Introduction> introduction(Properties stated) {
        try {
            Optional<String> commit = stated.text("commit").filter(Commits::isFull);
            Optional<String> signer = stated.text("signer");
            return commit.isEmpty() || signer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Introduction(commit.get(), Fingerprint.parse(signer.get())));
        } catch (FormatException _) {
            // One that cannot be believed is as good as none: the channel is not authenticated.
            return Optional.empty();
        }
    }

    /**
     * A list of properties: {@code (NAME (PROPERTY VALUE...)...)}.
     *
     * @param lists the properties
     */
    record Properties(List<Form.Listing> lists) {
        static Properties read(String file, String name, String text) throws FormatException {
            List<Form> forms = FormReader.readAll(text);
            Optional<Properties> read = forms.size() == 1 ? of(name, forms.getFirst()) : Optional.empty();
            Properties properties = read.orElseThrow(() -> new FormatException(file, "it is not (" + name + " ...)"));
            Optional<String> version = properties.all("version").stream().findFirst().map(form ->
                    form instanceof Form.Constant(String number, _) ? number : "?");
            if (!version.orElse("?").equals("0")) {
                throw new FormatException(file, "it is not of version 0");
            }
            return properties;
        }

        static Optional<Properties> of(String name, Form form) {
            return form instanceof Form.Listing list && list.isCall(name)
                    ? Optional.of(new Properties(list.operands().stream()
                            .filter(Form.Listing.class::isInstance)
                            .map(Form.Listing.class::cast)
                            .toList()))
                    : Optional.empty();
        }

        /** All values of the first property of that name. */
        List<Form> all(String name) {
            return lists.stream().filter(list -> list.isCall(name)).findFirst().map(Form.Listing::operands)
                    .orElse(List.of());
        }

        Optional<String> text(String name) {
            return all(name).stream().findFirst().flatMap(form ->
                    form instanceof Form.Text(String text, _) ? Optional.of(text) : Optional.empty());
        }

        Optional<String> symbol(String name) {
            return all(name).stream().findFirst().flatMap(form ->
                    form instanceof Form.Symbol(String text, _) ? Optional.of(text) : Optional.empty());
        }
    }
}
