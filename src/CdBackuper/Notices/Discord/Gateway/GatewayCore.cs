using System.Text.Json;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>
/// Decides what to do about everything that happens to the gateway (Discord's documents, Gateway, version 10). It knows no socket and
/// no clock: what happened, when, and some luck come in; what to do goes out.
/// </summary>
/// <param name="token">The bot's token.</param>
/// <param name="times">The waits.</param>
/// <param name="luck">Numbers from 0 to below 1, for waits that Discord wants spread.</param>
internal sealed class GatewayCore(string token, GatewayTimes times, Func<double> luck)
{
    /// <summary>GUILDS, GUILD_MESSAGES, MESSAGE_CONTENT.</summary>
    public const int Intents = (1 << 0) | (1 << 9) | (1 << 15);

    /// <summary>A close code of our own: Discord keeps the session, which it does not at 1000 and 1001.</summary>
    public const int Restart = 4000;

    private const int MaxFailedResumes = 3;

    /// <param name="state">What was known.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="at">When, on a monotonic clock.</param>
    public GatewayStep Next(GatewayState state, GatewayEvent happened, TimeSpan at) => happened switch
    {
        GatewayEvent.Start => Reconnect(state, at),
        GatewayEvent.Opened when state.Phase != GatewayPhase.Offline => new(state),
        GatewayEvent.Opened => new(
            state with { Phase = GatewayPhase.AwaitingHello, AwaitsAck = false }, new GatewayAction.AwaitHello(times.Hello)),

        // The session's own address failed: the usual one, with a login.
        GatewayEvent.OpenFailed => Reconnect(Failed(state) with { Session = null }, at),
        GatewayEvent.HelloLate => state.Phase == GatewayPhase.AwaitingHello ? Leave(Failed(state), at) : new(state),
        GatewayEvent.BeatDue when state.AwaitsAck => Leave(Failed(state), at),
        GatewayEvent.BeatDue => new(state with { AwaitsAck = true }, Beat(state)),
        GatewayEvent.Closed closed => AfterClose(Failed(state), closed.Code, at),
        GatewayEvent.Frame frame => OnFrame(state, frame, at),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event without an answer."),
    };

    private GatewayStep OnFrame(GatewayState state, GatewayEvent.Frame frame, TimeSpan at)
    {
        switch (frame.Op)
        {
            case GatewayOp.Dispatch:
                return OnDispatch(state with { Sequence = frame.Sequence ?? state.Sequence }, frame);
            case GatewayOp.Heartbeat:
                return new(state, Beat(state));
            case GatewayOp.Reconnect:
                return Leave(state, at);
            case GatewayOp.InvalidSession when frame.Body.ValueKind == JsonValueKind.True:
                return Leave(Failed(state), at);
            case GatewayOp.InvalidSession:
                return Leave(Failed(state) with { Session = null, Sequence = null }, at, times.NewSession * (1 + (4 * luck())));
            case GatewayOp.Hello when state.Phase == GatewayPhase.AwaitingHello:
                return OnHello(state, TimeSpan.FromMilliseconds(Math.Clamp(frame.Body.Real("heartbeat_interval") ?? 41_250, 100, 600_000)), at);
            case GatewayOp.HeartbeatAck:
                return new(state with { AwaitsAck = false });
            default:
                return new(state);
        }
    }

    private GatewayStep OnHello(GatewayState state, TimeSpan interval, TimeSpan at)
    {
        var beats = new GatewayAction.StartBeats(interval * luck(), interval);
        return state.Session is null
            ? new(state with { Phase = GatewayPhase.Identifying, LastIdentify = at, Sequence = null }, beats, new GatewayAction.Send(Identify()))
            : new(state with { Phase = GatewayPhase.Resuming }, beats, new GatewayAction.Send(Resume(state)));
    }

    private static GatewayStep OnDispatch(GatewayState state, GatewayEvent.Frame frame)
    {
        var online = state with { Phase = GatewayPhase.Online, Failures = 0, FailedResumes = 0 };
        return frame.Name switch
        {
            "READY" => new(
                online with { Session = SessionOf(frame.Body) }, new GatewayAction.Online(frame.Body.Field("application").Number("flags"))),
            "RESUMED" => new(online, new GatewayAction.Online(Flags: null)),
            "MESSAGE_CREATE" => new(state, new GatewayAction.Wrote(frame.Body)),
            _ => new(state),
        };
    }

    private GatewayStep AfterClose(GatewayState state, int? code, TimeSpan at) => code switch
    {
        4004 => Stop(state, "Discord's gateway does not take DISCORD_BOT_TOKEN (4004).", "Copy the token anew (discord.com/developers, your application, Bot, Reset Token)."),
        4014 => Stop(state, GatewayWords.NoContent, GatewayWords.SwitchContentOn),
        4010 or 4011 or 4012 or 4013 => Stop(
            state, $"Discord's gateway does not take this version of the bot any more ({code}).", "Use a newer cdbackuper."),
        4003 or 4005 or 4007 or 4009 => Reconnect(state with { Session = null, Sequence = null }, at),
        4008 => Reconnect(state, at, times.TooMuch),
        _ => Reconnect(state, at),
    };

    /// <summary>Leaves a connection that is no good any more, so that its session can be resumed.</summary>
    private GatewayStep Leave(GatewayState state, TimeSpan at, TimeSpan least = default)
    {
        var next = Reconnect(state, at, least);
        return next with { Actions = [new GatewayAction.Close(Restart), .. next.Actions] };
    }

    private GatewayStep Reconnect(GatewayState state, TimeSpan at, TimeSpan least = default)
    {
        var session = state.FailedResumes < MaxFailedResumes ? state.Session : null;
        var wait = Longer(least, Pause(state.Failures));
        if (session is not null)
        {
            wait = Longer(wait, times.Resume);
        }
        else if (state.LastIdentify is { } last)
        {
            wait = Longer(wait, last + times.Identify - at);
        }

        var next = state with
        {
            Phase = GatewayPhase.Offline,
            Session = session,
            AwaitsAck = false,
            FailedResumes = session is null ? 0 : state.FailedResumes,
        };
        return new(next, new GatewayAction.Connect(session?.Url, wait));
    }

    /// <summary>A connection that had events is no failure, however it ends: the next one is made at once.</summary>
    private static GatewayState Failed(GatewayState state) => state.Phase == GatewayPhase.Online
        ? state
        : state with
        {
            Failures = state.Failures + 1,
            FailedResumes = state.FailedResumes + (state.Phase == GatewayPhase.Resuming ? 1 : 0),
        };

    private TimeSpan Pause(int failures) => failures == 0 ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(times.Longest.Ticks, times.Identify.Ticks << Math.Min(failures - 1, 20)));

    private static GatewayStep Stop(GatewayState state, string message, string next) =>
        new(state with { Phase = GatewayPhase.Offline, Session = null }, new GatewayAction.Stop(message, next));

    private static GatewaySession? SessionOf(JsonElement ready) =>
        ready.Text("session_id") is { } id && ready.Text("resume_gateway_url") is { } url ? new(id, url) : null;

    private static GatewayAction.Send Beat(GatewayState state) =>
        new(new JsonObject { ["op"] = GatewayOp.Heartbeat, ["d"] = state.Sequence });

    private JsonObject Identify() => new()
    {
        ["op"] = GatewayOp.Identify,
        ["d"] = new JsonObject
        {
            ["token"] = token,
            ["intents"] = Intents,
            ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "cdbackuper", ["device"] = "cdbackuper" },
        },
    };

    private JsonObject Resume(GatewayState state) => new()
    {
        ["op"] = GatewayOp.Resume,
        ["d"] = new JsonObject { ["token"] = token, ["session_id"] = state.Session!.Id, ["seq"] = state.Sequence },
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
