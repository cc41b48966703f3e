using System.Text.Json;
using System.Threading.Channels;
using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Discord.Gateway;

namespace CdBackuper.Labels;

/// <summary>Discord's gateway, which says that somebody replied. What was written is read by <see cref="CatchUp"/> alone.</summary>
/// <param name="gateway">The connection.</param>
/// <param name="place">Where the bot works.</param>
/// <param name="policy">Whose replies count.</param>
/// <param name="times">The waits.</param>
internal sealed class Doorbell(GatewayClient gateway, BotPlace place, LabelPolicy policy, BotTimes times)
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Why the gateway will never work until a person changes something; null where it may.</summary>
    public BotProblem? Problem { get; private set; }

    /// <summary>Listens until it is stopped, or can't work; rings when somebody replied, and when it comes back.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stop = await gateway.RunAsync(Online, Message, cancellationToken);
        Problem = new(stop.Message, stop.Next);
        rings.Writer.TryWrite(true);
    }

    /// <summary>Waits for somebody to write, and not for ever.</summary>
    /// <param name="atMost">How long at the most; null for as long as is usual.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        var usual = gateway.IsOnline ? times.Online : times.Offline;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost is { } soon && soon < usual ? soon : usual);
        try
        {
            await rings.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody wrote: look anyway.
        }
    }

    private void Online(long? flags)
    {
        if (flags is { } known && (known & GatewayWords.ContentFlags) == 0)
        {
            Problem = new(GatewayWords.NoContent, GatewayWords.SwitchContentOn);
        }

        rings.Writer.TryWrite(true);
    }

    private void Message(JsonElement body)
    {
        if (body.Id("guild_id") == place.Guild && ReplyMessage.Parse(body) is { } message && ReplyRules.IsCandidate(message, policy))
        {
            rings.Writer.TryWrite(true);
        }
    }
}
