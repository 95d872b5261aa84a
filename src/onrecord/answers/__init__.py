"""What programs are told of an archive: values that become JSON, the same for the API and for MCP.

    archive ── statements, articles, … ── values ── api/ or mcp.py
               one file a matter          typed     how it is sent

Words of an article are always slices of it, each with its offsets, beside the ids and addresses that lead back to it.
"""
