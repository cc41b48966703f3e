using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Asks a running program over HTTP, at the address that its log tells.</summary>
internal sealed partial class LocalHttp : IDisposable
{
    private readonly HttpClient client;

    public LocalHttp(RunningProcess program)
    {
        Until.True(() => Address().IsMatch(program.Error), 60, () => $"it does not say where HTTP is:\n{program.Error}");
        client = new() { BaseAddress = new(Address().Match(program.Error).Groups[1].Value), Timeout = TimeSpan.FromSeconds(90) };
    }

    public (HttpStatusCode Status, string Text, JsonNode Json) Get(string path)
    {
        using var answer = client.Send(new(HttpMethod.Get, path));
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        return (answer.StatusCode, text, text.StartsWith('[') || text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    /// <returns>Each series with its value, its labels in order of their names: <c>name{a="1",b="2"}</c>.</returns>
    public IReadOnlyDictionary<string, double> Metrics() => Get("/metrics").Text.Fields('\n')
        .Select(line => Series().Match(line))
        .Where(match => match.Success)
        .ToDictionary(
            match => match.Groups[1].Value + (match.Groups[2].Value is { Length: > 0 } labels
                ? "{" + string.Join(',', labels.Split(',').Order(StringComparer.Ordinal)) + "}" : ""),
            match => double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));

    public void Dispose() => client.Dispose();

    [GeneratedRegex(@"Health, metrics and the API are at (http://\S+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(\w+)(?:\{([^}]*)\})? (\S+)")]
    private static partial Regex Series();
}
