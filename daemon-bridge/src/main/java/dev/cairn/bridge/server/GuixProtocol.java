// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Codes;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Guix's dialect (daemon, sections 4 and 5). */
final class GuixProtocol implements Protocol {
    private final Conversation conversation;
    private final CommonRequests common;
    private final BuildRequests builds;
    private final ClientOptions options;
    private final UserFolders folders;

    GuixProtocol(Conversation conversation) {
        this.conversation = conversation;
        this.common = new CommonRequests(conversation);
        this.builds = new BuildRequests(conversation);
        this.options = new ClientOptions(conversation.setup(), conversation.peer());
        this.folders = new UserFolders(conversation.setup().userProfiles());
    }

    @Override
    public void answer(Operation operation) throws IOException {
        switch (operation) {
            case SET_OPTIONS -> setOptions();
            case ADD_TO_STORE -> new TreeRequest(conversation).answer();
            case BUILD_THINGS -> buildThings();
            case QUERY_PATH_INFO -> pathInfo();
            case QUERY_VALID_PATHS -> validPaths();
            case QUERY_SUBSTITUTABLE_PATH_INFOS -> new SubstituteRequests(conversation).infos();
            case BUILTIN_BUILDERS ->
                conversation.answer((daemon, _) -> daemon.builtinBuilders(), WireWriter::writeTexts);
            case SUBSTITUTE_URLS ->
                conversation.answer(
                        (daemon, _) -> options.substituteUrls(daemon.settings()), WireWriter::writeTexts);
            default -> {
                if (!common.answer(operation)) {
                    throw new WireException("invalid operation " + operation.number());
                }
            }
        }
    }

    private void setOptions() throws IOException {
        SessionOptions wanted = options.apply(OptionsRequest.read(conversation.in(), conversation.version()));
        conversation.setOptions(wanted);
        conversation.answer(
                (daemon, _) -> {
                    if (!wanted.settings().equals(daemon.settings())) {
                        daemon.configure(wanted.settings());
                    }
                    if (conversation.peer().remote() && options.named().userName().isPresent()) {
                        folders.make(options.named().userName().get(), false);
                    }
                    return wanted;
                },
                Conversation.SILENT);
    }

    private void buildThings() throws IOException {
        List<ItemName> things = conversation.items();
        long code = conversation.version().atLeast(15) ? conversation.in().readInt() : 0;
        BuildMode mode = Codes.buildMode(code).orElseThrow(() -> new WireException("invalid build mode " + code));
        if (mode == BuildMode.REPAIR && !conversation.peer().trusted()) {
            throw new WireException("repairing is a privileged operation");
        }
        builds.build(things, mode);
    }

    private void pathInfo() throws IOException {
        ItemName item = conversation.item();
        conversation.answer((daemon, _) -> item.info(daemon), GuixProtocol::write);
    }

    private static void write(WireWriter out, PathInfo info) throws IOException {
        out.writeText(info.deriver().map(StorePath::toString).orElse(""));
        out.writeText(info.narHash().hex());
        out.writeStorePaths(info.references());
        out.writeInt(info.registered().getEpochSecond() & 0xffff_ffffL);
        out.writeLong(info.narSize());
    }

    private void validPaths() throws IOException {
        Set<StorePath> paths = new TreeSet<>();
        for (ItemName item : conversation.items()) {
            item.path().ifPresent(paths::add);
        }
        conversation.answer((daemon, _) -> daemon.valid(paths), WireWriter::writeStorePaths);
    }
}
