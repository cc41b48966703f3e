using System.Net;
using System.Text;
using CdBackuper.Hosting;

namespace CdBackuper.Notices.Discord;

/// <summary>
/// The connection to Discord's API for one sender (a webhook, or the bot): one request at a time, within the limits that Discord
/// names, tried again where that makes sense. It follows no redirects, keeps no cookies, and writes no log.
/// </summary>
/// <param name="api">Where the API is.</param>
/// <param name="token">The bot's token; null for webhooks, which have theirs in the path.</param>
/// <param name="patience">How long it tries.</param>
/// <param name="clock">For pauses.</param>
/// <param name="handler">How requests travel; null for the net.</param>
internal sealed class DiscordHttp(
    Uri api, Secret? token, HttpPatience patience, TimeProvider clock, HttpMessageHandler? handler = null) : IDisposable
{
    /// <summary>An answer of a hundred long messages is a tenth of it.</summary>
    private const long MaxAnswerBytes = 16 << 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The API reference asks for it; without it Cloudflare may block.</summary>
    public static string UserAgent { get; } = $"DiscordBot (cdbackuper, {Version()})";

    private readonly HttpClient client = new(handler ?? NewHandler()) { MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = patience.Answer };
    private readonly RateLimits limits = new(clock);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Sends a request.</summary>
    /// <returns>What came back; never an exception for what Discord or the net did.</returns>
    public async Task<DiscordReply> SendAsync(DiscordRequest request, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await TryAsync(request, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        turn.Dispose();
    }

    private async Task<DiscordReply> TryAsync(DiscordRequest request, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        var pause = patience.FirstPause;
        DiscordReply.NotNow? last = null;
        for (var tries = 1; ; tries++)
        {
            var wait = limits.WaitFor(request);
            if (clock.GetElapsedTime(begin) + wait > patience.TotalWait)
            {
                return last is null ? new DiscordReply.NotNow(wait, "Discord's rate limit", MayHaveArrived: false) : last with { After = Longer(wait, last.After) };
            }

            await PauseAsync(wait, cancellationToken);
            var reply = await OnceAsync(request, cancellationToken);
            if (reply is not DiscordReply.NotNow notNow)
            {
                return reply;
            }

            // What may have arrived is not sent again here: whoever sends decides whether a double does harm.
            var held = limits.WaitFor(request);
            last = notNow with { After = Longer(Longer(notNow.After, held), pause) };
            if (notNow.MayHaveArrived || tries == patience.Tries || clock.GetElapsedTime(begin) + last.After > patience.TotalWait)
            {
                return last;
            }

            if (held == TimeSpan.Zero)
            {
                await PauseAsync(pause * (0.5 + (Random.Shared.NextDouble() / 2)), cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<DiscordReply> OnceAsync(DiscordRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
            limits.Learn(request, response.Headers);
            var body = JsonReading.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var answer = new DiscordReply.Answer((int)response.StatusCode, body);
            return answer.Status switch
            {
                429 when answer.Code != DiscordCodes.TooManyEdits => TooMany(request, response, answer),
                >= 500 => new DiscordReply.NotNow(TimeSpan.Zero, answer.Reason, MayHaveArrived: false),
                _ => answer,
            };
        }
        catch (HttpRequestException fault)
        {
            // Before a connection stood nothing can have arrived.
            var neverLeft = fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new DiscordReply.NotNow(TimeSpan.Zero, $"Discord can't be reached: {fault.Message}", !neverLeft);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client's own time limit.
            return new DiscordReply.NotNow(TimeSpan.Zero, $"Discord did not answer within {patience.Answer.TotalSeconds:0} s", MayHaveArrived: true);
        }
    }

    private DiscordReply.NotNow TooMany(DiscordRequest request, HttpResponseMessage response, DiscordReply.Answer answer)
    {
        // JSON says it as a fraction of seconds; Cloudflare's pages have the header alone.
        var seconds = answer.Body.Real("retry_after") ?? RateLimits.Number(response.Headers, "Retry-After") ?? 1;
        var time = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) + TimeSpan.FromMilliseconds(Random.Shared.Next(250));
        var isGlobal = answer.Body.Flag("global") || response.Headers.Contains("X-RateLimit-Global");
        limits.Block(request, time, isGlobal);
        return new(time, $"Discord's rate limit{(isGlobal ? " for all requests" : "")}", MayHaveArrived: false);
    }

    private HttpRequestMessage Message(DiscordRequest request)
    {
        var message = new HttpRequestMessage(request.Method, $"{api.AbsoluteUri.TrimEnd('/')}/{request.Path}") { Content = Content(request) };
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (token is not null)
        {
            message.Headers.Authorization = new("Bot", token.Value);
        }

        return message;
    }

    private static HttpContent? Content(DiscordRequest request)
    {
        if (request.Body is null)
        {
            // A PUT without a body still has a length.
            return request.Method == HttpMethod.Get ? null : new ByteArrayContent([]);
        }

        var json = new StringContent(request.Body.ToJsonString(), Encoding.UTF8, "application/json");
        if (request.Pictures.Count == 0)
        {
            return json;
        }

        // .NET leaves names unquoted; RFC 7578 parsers all take them quoted.
        var form = new MultipartFormDataContent { { json, "\"payload_json\"" } };
        foreach (var (index, picture) in request.Pictures.Index())
        {
            var file = new ReadOnlyMemoryContent(picture.Bytes);
            file.Headers.ContentType = new("application/octet-stream");
            // Not by Add with a file name: that writes a second one, filename*, with the quotes in it.
            file.Headers.ContentDisposition = new("form-data") { Name = $"\"files[{index}]\"", FileName = $"\"{picture.FileName}\"" };
            form.Add(file);
        }

        return form;
    }

    private Task PauseAsync(TimeSpan time, CancellationToken cancellationToken) =>
        time > TimeSpan.Zero ? Task.Delay(time, clock, cancellationToken) : Task.CompletedTask;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    private static string Version() => typeof(DiscordHttp).Assembly.GetName().Version?.ToString(3) ?? "0";
}
