using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CdBackuper.Notices.Targets;

/// <summary>Posts JSON to a server of the settings. Follows no redirects, keeps no cookies, logs nothing.</summary>
/// <param name="url">Where; its path and query are secrets.</param>
/// <param name="limit">How long one request may take.</param>
/// <param name="secrets">What else must not be told, even where the server repeats it.</param>
internal sealed class HttpPost(Uri url, TimeSpan limit, params IEnumerable<string?> secrets) : IDisposable
{
    private readonly string[] hidden = [.. SecretText.Of(url), .. secrets.OfType<string>()];

    /// <summary>So much of an answer is read, and a line of it shown.</summary>
    private const int MaxAnswerBytes = 64 << 10;
    private const int MaxShown = 200;

    private readonly HttpClient client = new(NewHandler()) { Timeout = limit, MaxResponseContentBufferSize = MaxAnswerBytes };

    /// <returns>What came of it: 2xx done; 408, 429, 5xx and no connection later; 401, 403, 404, 410 broken; else refused.</returns>
    public async Task<Delivery> SendAsync(
        string body, string mediaType, Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, new UTF8Encoding(false), mediaType) };
        request.Headers.UserAgent.ParseAdd("cdbackuper");
        addHeaders(request.Headers);

        // The client's own limit ends with the headers; a body may go on for ever.
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(limit);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timed.Token);
            return DeliveryOf(response, await ReadAsync(response, timed.Token, cancellationToken));
        }
        catch (HttpRequestException fault)
        {
            // Before a connection stood nothing can have arrived.
            return fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? new Delivery.Later(fault.Message) : new Delivery.Unknown(fault.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery.Unknown($"no answer within {limit.TotalSeconds:0} s");
        }
    }

    /// <returns>True where the server answers anything at all.</returns>
    public async Task<bool> AnswersAsync(Uri probe, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, probe);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode < 500;
        }
        catch (Exception fault) when (fault is HttpRequestException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // That is the answer to the question.
            return false;
        }
    }

    public void Dispose() => client.Dispose();

    private Delivery DeliveryOf(HttpResponseMessage response, string said)
    {
        var answer = $"{(int)response.StatusCode} {SecretText.Hide(response.ReasonPhrase ?? "", hidden)}{(said.Length > 0 ? $": {said}" : "")}";
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new Delivery.Done(answer),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new Delivery.Later(answer, response.Headers.RetryAfter?.Delta),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone =>
                new Delivery.Broken(answer, "Check the target's address and key in the settings."),
            _ => new Delivery.Refused(answer),
        };
    }

    /// <returns>The answer's first line; empty where there is none that could be shown.</returns>
    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken timed, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswerBytes];
        int count;
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(timed);
            count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, timed);
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The status came; what it would have said beside that is not needed.
            return "";
        }

        var text = SecretText.Hide(TextCut.Printable(Encoding.UTF8.GetString(buffer, 0, count)).Trim(), hidden);
        return TextCut.Start(text.ReplaceLineEndings(" "), MaxShown);
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };
}
