using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CdBackuper.Fakes;

/// <summary>One client at the gateway. What is sent goes out in order, by a loop of its own.</summary>
internal sealed class FakeConnection : IDisposable
{
    /// <summary>Longer frames of clients are refused by Discord.</summary>
    private const int MaxFrame = 4096;

    private readonly WebSocket socket;
    private readonly Action abort;
    private readonly CancellationTokenSource end = new();
    private readonly Channel<(byte[]? Frame, int Code)> outbox = Channel.CreateUnbounded<(byte[]?, int)>();

    public FakeConnection(WebSocket socket, Action abort)
    {
        this.socket = socket;
        this.abort = abort;
        _ = WriteAsync();
    }

    /// <summary>The session whose events it gets; null before a login.</summary>
    public FakeSession? Session { get; set; }

    public void Send(JsonObject frame) => outbox.Writer.TryWrite((Encoding.UTF8.GetBytes(frame.ToJsonString()), 0));

    public void Close(int code) => outbox.Writer.TryWrite((null, code));

    public void Abort()
    {
        Session = null;
        end.Cancel();
        try
        {
            abort();
        }
        catch (ObjectDisposedException)
        {
            // The client was quicker, and its request is over.
        }
    }

    /// <returns>A frame; null where the client closed.</returns>
    public async Task<JsonObject?> ReadAsync()
    {
        var (buffer, length) = (new byte[MaxFrame], 0);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), end.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, end.Token);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return (JsonObject)JsonNode.Parse(buffer.AsSpan(0, length))!;
            }

            if (length == MaxFrame)
            {
                throw new WebSocketException("A frame of a client is too long.");
            }
        }
    }

    /// <summary>The source itself stays: whoever aborts all connections may come a moment later.</summary>
    public void Dispose() => end.Cancel();

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var (frame, code) in outbox.Reader.ReadAllAsync(end.Token))
            {
                if (frame is null)
                {
                    Session = null;
                    await socket.CloseOutputAsync((WebSocketCloseStatus)code, "closed by the fake", end.Token);
                    return;
                }

                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, end.Token);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The reader tells of the end.
        }
    }
}
