// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Source;
import dev.cairn.app.task.Tasks;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.catalog.SearchHit;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The graph around one package or store item: focus, depth, history, the chosen node and why it is needed. */
public final class GraphViewModel {
    /** More nodes than this make a picture that nobody reads. */
    static final int MAX_NODES = 60;

    static final int MAX_DEPTH = 5;

    private final Source<? extends Catalog> catalog;
    private final Source<? extends Daemon> daemon;
    private final Latest drawing;
    private final Latest asking;
    private final Latest offering;
    private final ReadOnlyObjectWrapper<List<SearchHit>> offers = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.PACKAGES);
    private final IntegerProperty depth = new SimpleIntegerProperty(1);
    private final ReadOnlyObjectWrapper<Optional<GraphPicture>> picture = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<GraphNode>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<GraphNode>> why = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper focused = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper absent = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper(false);
    private final ArrayDeque<Place> back = new ArrayDeque<>();
    private final ArrayDeque<Place> forward = new ArrayDeque<>();
    private Optional<Place> place = Optional.empty();
    private Optional<StorePath> installed = Optional.empty();
    private boolean asked;

    public GraphViewModel(Source<? extends Catalog> catalog, Source<? extends Daemon> daemon, Tasks tasks) {
        this.catalog = catalog;
        this.daemon = daemon;
        drawing = new Latest(tasks);
        asking = new Latest(tasks);
        offering = new Latest(tasks);
        depth.subscribe((_, _) -> draw());
        mode.subscribe((_, after) -> modeChanged(after));
    }

    /** Which graph is shown. */
    public enum Mode {
        /** What the channels say is needed at run time. */
        PACKAGES,
        /** The same, with what is needed only for building. */
        PACKAGES_AND_BUILD,
        /** What the items in the store refer to. */
        STORE_ITEMS
    }

    private record Place(Mode mode, String focus) {}

    public ObjectProperty<Mode> modeProperty() {
        return mode;
    }

    /** How far from the focus nodes are shown, 1 to {@value #MAX_DEPTH}. */
    public IntegerProperty depthProperty() {
        return depth;
    }

    /** What to draw; empty until something was focused. */
    public ReadOnlyObjectProperty<Optional<GraphPicture>> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /** The node that the inspector tells about. */
    public ReadOnlyObjectProperty<Optional<GraphNode>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** A shortest way between focus and chosen node, both included; empty when none is asked for. */
    public ReadOnlyObjectProperty<List<GraphNode>> whyProperty() {
        return why.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /** Puts a package in the middle. */
    public void focus(PackageKey key) {
        Mode wanted = mode.get() == Mode.STORE_ITEMS ? Mode.PACKAGES : mode.get();
        visit(new Place(wanted, PackageGraph.id(key)));
    }

    /**
     * Puts the package that a bare name means in the middle.
     *
     * @param item what is installed of it
     */
    public void focusPackage(String name, Optional<StorePath> item) {
        asked = true;
        installed = item;
        asking.run(
                () -> catalog.get().versions(name).stream().map(CatalogPackage::key).findFirst(),
                found -> found.ifPresent(this::focus),
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    /** {@code NAME@VERSION} of the package in the middle, if a package is there. */
    public Optional<String> focusedPackage() {
        return place.filter(here -> here.mode() != Mode.STORE_ITEMS)
                .map(here -> PackageGraph.key(here.focus()).label());
    }

    /** The name of the package that a node is, if it is one. */
    public Optional<String> packageName(GraphNode node) {
        return mode.get() == Mode.STORE_ITEMS
                ? Optional.empty()
                : Optional.of(PackageGraph.key(node.id()).name());
    }

    /** Whether what is looked for has no item in the store, so that there is nothing to draw. */
    public ReadOnlyBooleanProperty absentProperty() {
        return absent.getReadOnlyProperty();
    }

    /** Whether something is in the middle, though its picture may not be drawn yet. */
    public ReadOnlyBooleanProperty focusedProperty() {
        return focused.getReadOnlyProperty();
    }

    /** Puts an item of the store in the middle. */
    public void focus(StorePath item) {
        visit(new Place(Mode.STORE_ITEMS, item.toString()));
    }

    /** Puts a node of the present graph in the middle. */
    public void focus(GraphNode node) {
        visit(new Place(mode.get(), node.id()));
    }

    /** Puts the first package in the middle, if nothing is there yet. */
    public void focusInitially() {
        if (!asked) {
            asked = true;
            asking.run(
                    this::firstPackage,
                    first -> {
                        if (place.isEmpty()) {
                            first.ifPresent(this::focus);
                        }
                    },
                    exception -> failure.set(Optional.of(Failure.of(exception))));
        }
    }

    /** Looks for packages to offer while the user types what to focus on. */
    public void offer(String text, int limit) {
        offering.run(
                () -> catalog.get().search(text, limit),
                offers::set,
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    /** The packages that were found for the text that the user last typed. */
    public ReadOnlyObjectProperty<List<SearchHit>> offersProperty() {
        return offers.getReadOnlyProperty();
    }

    /** Chooses the node to tell about. A way that it lies on stays in sight. */
    public void choose(GraphNode node) {
        chosen.set(Optional.of(node));
        if (!why.get().contains(node)) {
            why.set(List.of());
        }
    }

    /** Finds out why the focus needs the chosen node, or the chosen node the focus. */
    public void explain() {
        if (place.isEmpty() || chosen.get().isEmpty()) {
            return;
        }
        Place here = place.get();
        String other = chosen.get().get().id();
        asking.run(
                () -> {
                    GraphSource source = source(here.mode());
                    Optional<List<GraphNode>> way = WhyDepends.shortest(source, here.focus(), other);
                    return way.isPresent() ? way : WhyDepends.shortest(source, other, here.focus());
                },
                way -> why.set(way.orElse(List.of())),
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    public void deeper() {
        depth.set(Math.min(MAX_DEPTH, depth.get() + 1));
    }

    public void shallower() {
        depth.set(Math.max(1, depth.get() - 1));
    }

    public void goBack() {
        move(back, forward);
    }

    public void goForward() {
        move(forward, back);
    }

    /** Draws again what is shown, if anything is, after something changed. */
    public void refresh() {
        if (place.isPresent()) {
            draw();
        }
    }

    private void move(ArrayDeque<Place> from, ArrayDeque<Place> to) {
        if (!from.isEmpty()) {
            place.ifPresent(to::push);
            go(from.pop());
        }
    }

    private void visit(Place next) {
        if (!place.equals(Optional.of(next))) {
            place.ifPresent(back::push);
            forward.clear();
            go(next);
        }
    }

    private void go(Place next) {
        place = Optional.of(next);
        focused.set(true);
        why.set(List.of());
        absent.set(false);
        canGoBack.set(!back.isEmpty());
        canGoForward.set(!forward.isEmpty());
        mode.set(next.mode());
        draw();
    }

    /** Keeps the focus where the other graph has it too: packages by name, items by the package they came from. */
    private void modeChanged(Mode after) {
        if (place.isEmpty() || place.get().mode() == after) {
            absent.set(false);
            return;
        }
        Place here = place.get();
        // What is in the middle may be of another mode than was shown last: that may have had nothing to show.
        if (here.mode() != Mode.STORE_ITEMS && after != Mode.STORE_ITEMS) {
            go(new Place(after, here.focus()));
            return;
        }
        drawing.run(
                () -> after == Mode.STORE_ITEMS ? itemOf(here.focus()) : packageOf(here.focus()),
                focus -> focus.ifPresentOrElse(
                        id -> go(new Place(after, id)), () -> absent.set(true)),
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    private Optional<String> itemOf(String packageId) throws CairnException {
        String wanted = PackageGraph.key(packageId).name() + "-"
                + PackageGraph.key(packageId).version();
        if (installed.isPresent() && installed.get().name().equals(wanted)) {
            return installed.map(StorePath::toString);
        }
        // Sources often have the same name; what a derivation made is the package.
        StoreGraph graph = daemon.get().graph();
        for (int i = 0; i < graph.paths().size(); i++) {
            if (graph.derivers()[i] >= 0 && graph.paths().get(i).name().equals(wanted)) {
                return Optional.of(graph.paths().get(i).toString());
            }
        }
        return Optional.empty();
    }

    private Optional<String> packageOf(String item) throws CairnException {
        String name = daemon.get().storeDirectory().parse(item).name();
        for (int hyphen = name.lastIndexOf('-'); hyphen > 0; hyphen = name.lastIndexOf('-', hyphen - 1)) {
            for (var version : catalog.get().versions(name.substring(0, hyphen))) {
                if (version.version().equals(name.substring(hyphen + 1))) {
                    return Optional.of(PackageGraph.id(version.key()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PackageKey> firstPackage() throws CairnException {
        return catalog.get().search("", 1).stream().map(SearchHit::key).findFirst();
    }

    private void draw() {
        if (place.isEmpty()) {
            return;
        }
        Place here = place.get();
        int levels = depth.get();
        drawing.run(
                () -> Neighbourhood.of(source(here.mode()), here.focus(), levels, MAX_NODES),
                result -> {
                    failure.set(Optional.empty());
                    picture.set(Optional.of(result));
                    result.find(here.focus()).ifPresent(placed -> choose(placed.node()));
                },
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    private GraphSource source(Mode wanted) throws CairnException {
        return switch (wanted) {
            case PACKAGES -> new PackageGraph(catalog.get(), false);
            case PACKAGES_AND_BUILD -> new PackageGraph(catalog.get(), true);
            case STORE_ITEMS -> new StoreItemGraph(daemon.get());
        };
    }
}
