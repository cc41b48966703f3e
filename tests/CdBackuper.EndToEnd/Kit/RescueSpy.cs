namespace CdBackuper.EndToEnd.Kit;

/// <summary>A ddrescue in front of the true one that notes every call.</summary>
internal sealed class RescueSpy
{
    private readonly string calls;

    /// <param name="folder">Where it lies.</param>
    /// <param name="afterwards">A line of shell that runs after each pass; null for none.</param>
    public RescueSpy(TempFolder folder, string? afterwards = null)
    {
        var bin = folder.NewFolder("spy");
        calls = folder["spy/calls"];
        var real = Tool.Script("command -v ddrescue").Trim();
        var tail = afterwards is null ? "" : $"code=$?\ncase \"$*\" in *--sector-size*) {afterwards} ;; esac\nexit $code\n";
        File.WriteAllText(folder["spy/ddrescue"], $"#!/bin/sh\necho \"$@\" >>'{calls}'\n{(afterwards is null ? "exec " : "")}{real} \"$@\"\n{tail}");
        Tool.Output("chmod", "+x", folder["spy/ddrescue"]);
        SearchPath = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>The PATH that finds this one first.</summary>
    public string SearchPath { get; }

    /// <returns>The calls that named a disc.</returns>
    public IReadOnlyList<string> CallsOn(string source) =>
        !File.Exists(calls) ? [] : [.. File.ReadAllLines(calls).Where(call => call.Contains(source, StringComparison.Ordinal))];
}
