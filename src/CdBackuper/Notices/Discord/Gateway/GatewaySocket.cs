using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>One connection to the gateway. Tells what happens to it, and does nothing about it.</summary>
/// <param name="tell">Told of everything, from any thread; not after the end was told.</param>
internal sealed class GatewaySocket(Action<GatewayEvent> tell) : IDisposable
{
    /// <summary>READY and GUILD_CREATE of a large server have some MiB.</summary>
    private const int MaxFrame = 32 << 20;

    /// <summary>A connection that is not there by then is begun anew: a firewall may swallow it without a word.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource end = new();

    /// <summary>Connects and reads until the connection ends.</summary>
    public async Task RunAsync(Uri url, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            socket.Options.SetRequestHeader("User-Agent", DiscordHttp.UserAgent);
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(both.Token);
            soon.CancelAfter(ConnectLimit);
            await socket.ConnectAsync(url, soon.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            Tell(new GatewayEvent.OpenFailed());
            return;
        }

        Tell(new GatewayEvent.Opened());
        try
        {
            while (await ReadAsync(both.Token) is { } text)
            {
                var frame = JsonReading.Parse(text);
                if (frame.Number("op") is { } op and >= 0 and < 100)
                {
                    Tell(new GatewayEvent.Frame((int)op, frame.Field("d"), frame.Number("s"), frame.Text("t")));
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or InvalidDataException)
        {
            // The connection broke, or was given up: it is over either way.
        }

        Tell(new GatewayEvent.Closed((int?)socket.CloseStatus));
    }

    /// <summary>Says when heartbeats are due, until the connection ends.</summary>
    public async Task BeatAsync(TimeSpan first, TimeSpan interval)
    {
        for (var wait = first; await WaitAsync(wait); wait = interval)
        {
            Tell(new GatewayEvent.BeatDue());
        }
    }

    /// <summary>Says that the hello is late, unless the connection ended before.</summary>
    public async Task AwaitHelloAsync(TimeSpan limit)
    {
        if (await WaitAsync(limit))
        {
            Tell(new GatewayEvent.HelloLate());
        }
    }

    /// <summary>Sends a frame. One that can't be sent any more is no loss: the end of the connection is told by itself.</summary>
    public async Task SendAsync(JsonObject frame)
    {
        try
        {
            // A socket takes one frame at a time.
            await sending.WaitAsync(end.Token);
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, end.Token);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // InvalidOperationException: it is not open (any more).
        }
    }

    /// <summary>Ends the connection: with a code where it still takes one. Nothing is told of it from here on.</summary>
    public async Task LeaveAsync(int code)
    {
        Interlocked.Exchange(ref tell, _ => { });
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // A dead connection takes no code; the session lives on at Discord's side.
        }

        await end.CancelAsync();
        socket.Abort();
    }

    public void Dispose()
    {
        end.Cancel();
        socket.Dispose();
    }

    private void Tell(GatewayEvent happened) => Volatile.Read(ref tell)(happened);

    private async Task<bool> WaitAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            // The connection ended.
            return false;
        }
    }

    /// <returns>A whole message; null where the other side closed.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            text.Write(buffer, 0, part.Count);
            if (text.Length > MaxFrame)
            {
                throw new InvalidDataException("A frame of the gateway is longer than any of Discord's.");
            }

            if (part.EndOfMessage)
            {
                return text.ToArray();
            }
        }
    }
}
