using System.Threading.Channels;
using CdBackuper.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>Keeps the bot at the gateway: feeds what happens to <see cref="GatewayCore"/> and does what it decides.</summary>
/// <param name="bot">Gives the address and how often one may log in.</param>
/// <param name="token">The bot's token.</param>
/// <param name="times">The waits.</param>
/// <param name="clock">For waits and for the core.</param>
/// <param name="logger">Where it is told.</param>
internal sealed partial class GatewayClient(DiscordBotHttp bot, Secret token, GatewayTimes times, TimeProvider clock, ILogger logger)
{
    /// <summary>Some logins are kept for a person who restarts the bot.</summary>
    private const int LeastLogins = 20;

    private const string Query = "/?v=10&encoding=json";

    private readonly GatewayCore core = new(token.Value, times, Random.Shared.NextDouble);
    private readonly Channel<(GatewaySocket? From, GatewayEvent Happened)> inbox =
        Channel.CreateUnbounded<(GatewaySocket?, GatewayEvent)>(new() { SingleReader = true });

    private GatewayState state = new();
    private GatewaySocket? socket;
    private string? mainUrl;

    /// <summary>True while events come: whoever looks by itself need not look often then.</summary>
    public bool IsOnline => Volatile.Read(ref state).Phase == GatewayPhase.Online;

    /// <summary>Stays at the gateway.</summary>
    /// <param name="onOnline">Called each time that events begin to come; gives the application's flags where Discord says them.</param>
    /// <param name="onMessage">Called for each message.</param>
    /// <param name="cancellationToken">Leaves it.</param>
    /// <returns>Why there is no use in going on.</returns>
    public async Task<GatewayAction.Stop> RunAsync(
        Action<long?> onOnline, Action<System.Text.Json.JsonElement> onMessage, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        try
        {
            inbox.Writer.TryWrite((null, new GatewayEvent.Start()));
            while (true)
            {
                var (from, happened) = await inbox.Reader.ReadAsync(cancellationToken);
                if (from != socket)
                {
                    continue;
                }

                var step = core.Next(state, happened, clock.GetElapsedTime(begin));
                Tell(state, step.State, happened);
                Volatile.Write(ref state, step.State);
                foreach (var action in step.Actions)
                {
                    switch (action)
                    {
                        case GatewayAction.Stop stop:
                            return stop;
                        case GatewayAction.Online online:
                            onOnline(online.Flags);
                            break;
                        case GatewayAction.Wrote message:
                            onMessage(message.Body);
                            break;
                        default:
                            await DoAsync(action, cancellationToken);
                            break;
                    }
                }
            }
        }
        finally
        {
            if (socket is not null)
            {
                await socket.LeaveAsync(cancellationToken.IsCancellationRequested ? 1000 : GatewayCore.Restart);
                socket.Dispose();
                socket = null;
            }
        }
    }

    private async Task DoAsync(GatewayAction action, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case GatewayAction.Close close when socket is not null:
                await socket.LeaveAsync(close.Code);
                break;
            case GatewayAction.Connect connect:
                await ConnectAsync(connect, cancellationToken);
                break;
            case GatewayAction.Send send when socket is not null:
                await socket.SendAsync(send.Frame);
                break;
            case GatewayAction.AwaitHello hello:
                _ = socket?.AwaitHelloAsync(hello.Limit);
                break;
            case GatewayAction.StartBeats beats:
                _ = socket?.BeatAsync(beats.First, beats.Interval);
                break;
            default:
                break;
        }
    }

    private async Task ConnectAsync(GatewayAction.Connect connect, CancellationToken cancellationToken)
    {
        if (socket is not null)
        {
            await socket.LeaveAsync(GatewayCore.Restart);
            socket.Dispose();
        }

        socket = null;
        if (connect.Wait > TimeSpan.Zero)
        {
            await Task.Delay(connect.Wait, clock, cancellationToken);
        }

        if ((connect.Url ?? await LoginUrlAsync(cancellationToken)) is not { } url
            || !Uri.TryCreate(url.TrimEnd('/') + Query, UriKind.Absolute, out var address) || address.Scheme is not ("wss" or "ws"))
        {
            inbox.Writer.TryWrite((null, new GatewayEvent.OpenFailed()));
            return;
        }

        GatewaySocket? made = null;
        made = new(happened => inbox.Writer.TryWrite((made, happened)));
        socket = made;
        _ = made.RunAsync(address, cancellationToken);
    }

    /// <returns>Where to log in, once one may; null where Discord can't be asked and never was.</returns>
    private async Task<string?> LoginUrlAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await bot.GatewayAsync(cancellationToken) is not DiscordReply.Answer { IsSuccess: true } answer)
            {
                return mainUrl;
            }

            mainUrl = answer.Body.Text("url") ?? mainUrl;
            var limit = answer.Body.Field("session_start_limit");
            if ((limit.Number("remaining") ?? LeastLogins) >= LeastLogins)
            {
                return mainUrl;
            }

            // A bot that uses up its logins gets its token reset. Replies are read by asking meanwhile.
            var wait = TimeSpan.FromMilliseconds(Math.Clamp(limit.Number("reset_after") ?? 0, 60_000, 86_400_000));
            Log.FewLogins(logger, wait);
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private void Tell(GatewayState before, GatewayState after, GatewayEvent happened)
    {
        if (after.Phase == GatewayPhase.Online && before.Phase != GatewayPhase.Online)
        {
            Log.Online(logger, before.Phase == GatewayPhase.Resuming ? "again (resumed)" : "");
        }
        else if (after.Phase == GatewayPhase.Offline && before.Phase == GatewayPhase.Online)
        {
            var why = happened is GatewayEvent.Closed { Code: { } code } ? $"closed, {code}" : happened.GetType().Name;
            Log.Offline(logger, why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The gateway is connected {How}")]
        public static partial void Online(ILogger logger, string how);

        [LoggerMessage(LogLevel.Debug, "The gateway's connection is over ({Why}); it is made again")]
        public static partial void Offline(ILogger logger, string why);

        [LoggerMessage(LogLevel.Error, "Discord lets this bot log in only a few times more today; it waits {Wait}. Does another program use the same token?")]
        public static partial void FewLogins(ILogger logger, TimeSpan wait);
    }
}
