using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CdBackuper.Fakes;

/// <summary>The gateway, version 10: hello, login, heartbeats, events, resumes, and what goes wrong with them.</summary>
public sealed class FakeGateway(FakeDiscord discord)
{
    private readonly Lock gate = new();
    private readonly FakeLogins logins = new(discord);
    private readonly List<FakeConnection> connections = [];
    private readonly ConcurrentQueue<string> log = [];

    /// <summary>What the hello says, in milliseconds.</summary>
    public int HeartbeatInterval { get; set; } = 41_250;

    /// <summary>True: heartbeats get no answer.</summary>
    public bool DropsAcks { get; set; }

    /// <summary>True: no hello comes.</summary>
    public bool SaysNoHello { get; set; }

    /// <summary>How many logins are left today.</summary>
    public int LoginsLeft { get => logins.Left; set => logins.Left = value; }

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
                logins.ForgetAll();
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
            foreach (var session in logins.Sessions)
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
                lock (gate)
                {
                    logins.Identify(connection, body!);
                }

                break;
            case 6:
                log.Enqueue("resume");
                lock (gate)
                {
                    logins.Resume(connection, body!);
                }

                break;
            default:
                break;
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

    internal string Url(string path) => $"ws://127.0.0.1:{discord.Port}/{path}";
}
