package dev.kalends.tui.main;

import dev.kalends.tui.feed.Feed;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.terminal.Console;
import dev.kalends.tui.update.Effect;
import dev.kalends.tui.update.Msg;
import dev.kalends.tui.update.Step;
import dev.kalends.tui.update.Update;
import dev.kalends.tui.view.Screens;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The full-screen console: one thread takes messages, updates the model, has effects carried out and draws, the first
 * frame before anything was asked.
 *
 * <p>However many messages there are, no two frames are nearer than the settings say.
 */
public final class Top {
    private static final int MESSAGES_MAX = 4_096;
    private static final long TICK_MS = 500;
    private static final String QUIT = "Ctrl-C";
    private static final long NS_PER_MS = 1_000_000;

    private final TopSettings settings;
    private final Console console;
    private final BlockingQueue<Msg> messages = new ArrayBlockingQueue<>(MESSAGES_MAX);
    /** One key is read at a time: what is typed after the one that quits is the shell's. */
    private final Semaphore keyTurn = new Semaphore(1);

    private Model model;
    private final Feed feed;
    private boolean running = true;

    private Top(TopSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
        String node = settings.client().nodes().getFirst().getHost();
        this.model = Model.start(now(), console.size(), settings.manner(), node);
        this.feed = new Feed(settings.client(), model.interest(), this::send);
    }

    /** Runs until the person quits. */
    public static void run(TopSettings settings) throws IOException, InterruptedException {
        Console.Colours colours = settings.manner().colours() ? Console.Colours.SIXTEEN : Console.Colours.NONE;
        try (Console console = Console.open(colours)) {
            new Top(settings, console).loop();
        }
    }

    private Now now() {
        return new Now(settings.wall().nowMs(), settings.client().clock().nowNs() / NS_PER_MS);
    }

    /** Waits where the console is behind: nobody else can be. */
    private void send(Msg msg) {
        try {
            messages.put(msg);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() throws IOException, InterruptedException {
        console.paint(Screens.draw(model));
        long drawnMs = now().elapsedMs();
        console.onChange(() -> send(new Msg.Resized(console.size())));
        Thread.ofPlatform().name("top-keys").daemon().start(this::readKeys);
        feed.start();
        long tickMs = drawnMs + TICK_MS;
        boolean dirty = false;
        while (running) {
            long nowMs = now().elapsedMs();
            long untilMs = dirty ? Math.min(tickMs, drawnMs + settings.frameMs()) : tickMs;
            Msg msg = messages.poll(Math.max(0, untilMs - nowMs), TimeUnit.MILLISECONDS);
            while (msg != null && running) {
                apply(new Msg.Tick(now()));
                apply(msg);
                if (msg instanceof Msg.Key && running) {
                    keyTurn.release();
                }
                dirty = true;
                msg = messages.poll();
            }
            Now now = now();
            if (now.elapsedMs() >= tickMs) {
                apply(new Msg.Tick(now));
                tickMs = now.elapsedMs() + TICK_MS;
                dirty = true;
            }
            if (dirty && running && now.elapsedMs() - drawnMs >= settings.frameMs()) {
                console.paint(Screens.draw(model));
                drawnMs = now().elapsedMs();
                dirty = false;
            }
        }
        feed.close();
    }

    private void readKeys() {
        try {
            while (true) {
                keyTurn.acquire();
                Optional<String> key = console.readKey();
                if (key.isPresent() && key.get().equals("End-Of-Input")) {
                    send(new Msg.Key(QUIT));
                    return;
                }
                key.ifPresentOrElse(name -> send(new Msg.Key(name)), keyTurn::release);
            }
        } catch (IOException e) {
            send(new Msg.Key(QUIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(Msg msg) throws IOException, InterruptedException {
        Step step = Update.step(model, msg);
        model = step.model();
        for (Effect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(Effect effect) throws IOException, InterruptedException {
        switch (effect) {
            case Effect.Quit _ -> running = false;
            case Effect.Suspend _ -> {
                console.suspend();
                send(new Msg.Resized(console.size()));
            }
            case Effect.Redraw _ -> console.forget();
            case Effect.Watch watch -> feed.watch(watch.interest());
            case Effect.Refresh _ -> feed.refresh();
            case Effect.Count count -> feed.count(count.order());
            case Effect.Perform perform -> feed.perform(perform.order());
            case Effect.Copy copy -> console.copy(copy.text());
        }
    }
}
