using System.Text.Json.Nodes;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>The one JSON document on stdout; more or less than one fails the test.</summary>
    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Out)!;
            }
            catch (System.Text.Json.JsonException notJson)
            {
                throw new InvalidOperationException($"stdout is not one JSON document ({notJson.Message}):\n{this}", notJson);
            }
        }
    }

    public string All => Out + Error;

    /// <returns>This, when the program ended with the expected code; else the test fails and shows what it said.</returns>
    public ToolResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {exitCode} was expected.\n{this}");
        return this;
    }

    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}--- stderr\n{Error}";
}
