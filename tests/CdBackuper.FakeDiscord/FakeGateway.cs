using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CdBackuper.Fakes;

/// <summary>The gateway, version 10: hello, login, heartbeats, events, resumes, and what goes wrong with them.</summary>
public sealed class FakeGateway(FakeDiscord discord)
{
    private const int ContentIntent = 1 << 15;
    private const int MessagesIntent = 1 << 9;

    private readonly Lock gate = new();
    private readonly Dictionary<string, FakeSession> sessions = [];
    private readonly List<FakeConnection> connections = [];
    private readonly ConcurrentQueue<string> log = [];

    /// <summary>What the hello says, in milliseconds.</summary>
    public int HeartbeatInterval { get; set; } = 41_250;

    /// <summary>True: heartbeats get no answer.</summary>
    public bool DropsAcks { get; set; }

    /// <summary>True: no hello comes.</summary>
    public bool SaysNoHello { get; set; }

    /// <summary>How many logins are left today.</summary>
    public int LoginsLeft { get; set; } = 1000;

    /// <summary>What clients did, such as <c>identify</c>, <c>resume</c>, <c>beat</c>, <c>close 4000</c>; in order.</summary>
    public IReadOnlyList<string> Log => [.. log];

    /// <summary>How many clients get events right now.</summary>
    public int Online
    {
        get
        {
            lock (gate)
            {
                return connections.Count(connection => connection.Session is not null);
            }
        }
    }

    /// <summary>Breaks all connections without a word.</summary>
    public void Kill() => Each(connection => connection.Abort());

    /// <summary>Closes all connections with a code of Discord's.</summary>
    public void Close(int code) => Each(connection => connection.Close(code));

    /// <summary>op 7: connect again.</summary>
    public void AskToReconnect() => Each(connection => connection.Send(new() { ["op"] = 7, ["d"] = null }));

    /// <summary>op 9: the session is no good, or only the connection is.</summary>
    public void Invalidate(bool isResumable)
    {
        if (!isResumable)
        {
            lock (gate)
            {
                sessions.Clear();
            }
        }

        Each(connection => connection.Send(new() { ["op"] = 9, ["d"] = isResumable }));
    }

    /// <summary>op 1: show that you live.</summary>
    public void AskForBeat() => Each(connection => connection.Send(new() { ["op"] = 1, ["d"] = null }));

    internal JsonObject Description() => new()
    {
        ["url"] = Url("gateway"),
        ["shards"] = 1,
        ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = LoginsLeft, ["reset_after"] = 60_000, ["max_concurrency"] = 1 },
    };

    internal void Dispatch(string name, JsonObject body)
    {
        lock (gate)
        {
            foreach (var session in sessions.Values)
            {
                var frame = session.Number(name, body.DeepClone());
                foreach (var connection in connections.Where(connection => connection.Session == session))
                {
                    connection.Send(frame);
                }
            }
        }
    }

    internal async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/');
        log.Enqueue($"connect {path}");
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new FakeConnection(socket, context.Abort);
        lock (gate)
        {
            connections.Add(connection);
        }

        if (!SaysNoHello)
        {
            connection.Send(new() { ["op"] = 10, ["d"] = new JsonObject { ["heartbeat_interval"] = HeartbeatInterval } });
        }

        try
        {
            while (await connection.ReadAsync() is { } frame)
            {
                Take(connection, frame);
            }

            log.Enqueue($"close {(int?)socket.CloseStatus}");
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            log.Enqueue("gone");
        }
        finally
        {
            lock (gate)
            {
                connections.Remove(connection);
            }
        }
    }

    private void Take(FakeConnection connection, JsonObject frame)
    {
        var body = frame["d"] as JsonObject;
        switch ((int)frame["op"]!)
        {
            case 1:
                log.Enqueue("beat");
                if (!DropsAcks)
                {
                    connection.Send(new() { ["op"] = 11 });
                }

                break;
            case 2:
                log.Enqueue("identify");
                Identify(connection, body!);
                break;
            case 6:
                log.Enqueue("resume");
                Resume(connection, body!);
                break;
            default:
                break;
        }
    }

    private void Identify(FakeConnection connection, JsonObject body)
    {
        var intents = (int)body["intents"]!;
        if ((string?)body["token"] != FakeDiscord.Token || body["properties"]?["os"] is null)
        {
            connection.Close(4004);
        }
        else if ((intents & ContentIntent) != 0 && !discord.HasContentIntent)
        {
            connection.Close(4014);
        }
        else if ((intents & MessagesIntent) == 0)
        {
            connection.Close(4013);
        }
        else
        {
            lock (gate)
            {
                var session = new FakeSession();
                sessions[session.Id] = session;
                connection.Session = session;
                LoginsLeft--;
                connection.Send(session.Number("READY", FakeWorld.Ready(session.Id, Url("resume"), discord.HasContentIntent)));
                connection.Send(session.Number("GUILD_CREATE", FakeWorld.Guild()));
            }
        }
    }

    private void Resume(FakeConnection connection, JsonObject body)
    {
        lock (gate)
        {
            if ((string?)body["token"] != FakeDiscord.Token || !sessions.TryGetValue((string)body["session_id"]!, out var session))
            {
                connection.Send(new() { ["op"] = 9, ["d"] = false });
                return;
            }

            foreach (var frame in session.Sent.Skip((int?)body["seq"] ?? 0).ToArray())
            {
                connection.Send(frame);
            }

            connection.Session = session;
            connection.Send(session.Number("RESUMED", new JsonObject()));
        }
    }

    private void Each(Action<FakeConnection> action)
    {
        FakeConnection[] all;
        lock (gate)
        {
            all = [.. connections];
        }

        foreach (var connection in all)
        {
            action(connection);
        }
    }

    private string Url(string path) => $"ws://127.0.0.1:{discord.Port}/{path}";
}
