namespace CdBackuper.EndToEnd.Kit;

/// <summary>A ddrescue in front of the true one that notes every call.</summary>
internal sealed class RescueSpy
{
    private readonly string calls;

    public RescueSpy(TempFolder folder)
    {
        var bin = folder.NewFolder("spy");
        calls = folder["spy/calls"];
        var real = Tool.Script("command -v ddrescue").Trim();
        File.WriteAllText(folder["spy/ddrescue"], $"#!/bin/sh\necho \"$@\" >>'{calls}'\nexec {real} \"$@\"\n");
        Tool.Output("chmod", "+x", folder["spy/ddrescue"]);
        SearchPath = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>The PATH that finds this one first.</summary>
    public string SearchPath { get; }

    /// <returns>The calls that named a disc.</returns>
    public IReadOnlyList<string> CallsOn(string source) =>
        !File.Exists(calls) ? [] : [.. File.ReadAllLines(calls).Where(call => call.Contains(source, StringComparison.Ordinal))];
}
