-- Edition 2020-10-16 as somebody who knows PostgreSQL writes it by hand for these rows, in a session in Asia/Shanghai, so
-- that `::date` is the day there. Only regions that occur are named; the account acc-7 asks on 1 November 2020.
CASE
  WHEN product NOT IN ('ecs', 'swas', 'web-hosting', 'premium-hosting', 'elastic-web', 'site-builder', 'shop', 'nat-gateway', 'ipv6-translation', 'ens', 'jushita-ecs', 'jushita-slb', 'iot-package') THEN 'ineligible'
  WHEN region LIKE 'cn-hongkong%' OR region LIKE 'ap-%' OR region LIKE 'us-%' OR region LIKE '中国香港%' THEN 'not-required'
  WHEN product = 'shop' THEN 'elsewhere'
  WHEN account <> 'acc-7' THEN 'ineligible'
  WHEN product = 'ecs' THEN CASE
    WHEN codes_issued >= 5
      OR public_bandwidth_mbps = 0
      OR cardinality(public_ips) = 0
      OR billing = 'pay-as-you-go'
      OR expires_at <= '2020-11-01'
      OR expires_at::date < purchased_at::date + interval '3 months' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR public_bandwidth_mbps IS NULL
      OR public_ips IS NULL
      OR billing IS NULL
      OR purchased_at IS NULL
      OR expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product IN ('swas', 'web-hosting', 'ens') THEN CASE
    WHEN codes_issued >= 5
      OR billing = 'pay-as-you-go'
      OR expires_at <= '2020-11-01'
      OR expires_at::date < purchased_at::date + interval '3 months' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR billing IS NULL
      OR purchased_at IS NULL
      OR expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product IN ('nat-gateway', 'ipv6-translation') THEN CASE
    WHEN codes_issued >= 2
      OR billing = 'pay-as-you-go'
      OR expires_at <= '2020-11-01'
      OR expires_at::date < purchased_at::date + interval '1 months' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR billing IS NULL
      OR purchased_at IS NULL
      OR expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product = 'elastic-web' THEN CASE
    WHEN codes_issued >= 5
      OR billing = 'pay-as-you-go'
      OR expires_at <= '2020-11-01'
      OR expires_at::date < purchased_at::date + interval '6 months' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR billing IS NULL
      OR purchased_at IS NULL
      OR expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product IN ('jushita-ecs', 'jushita-slb') THEN CASE
    WHEN codes_issued >= 5
      OR billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at <= '2020-11-01' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product = 'premium-hosting' THEN CASE
    WHEN billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at <= '2020-11-01' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product = 'site-builder' THEN CASE
    WHEN codes_issued >= 1
      OR first_purchase_months < 12
      OR first_order_amount < 99
      OR billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at <= '2020-11-01' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR first_purchase_months IS NULL
      OR first_order_amount IS NULL
      OR billing IS DISTINCT FROM 'pay-as-you-go' AND expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
  WHEN product = 'iot-package' THEN CASE
    WHEN codes_issued >= 1
      OR first_order_amount < 90
      OR billing = 'pay-as-you-go'
      OR expires_at <= '2020-11-01'
      OR expires_at::date < purchased_at::date + interval '6 months' THEN 'ineligible'
    WHEN account IS NULL
      OR region IS NULL
      OR region NOT LIKE 'cn-%' AND region NOT LIKE '华东%' AND region NOT LIKE '华北%'
      OR first_order_amount IS NULL
      OR billing IS NULL
      OR purchased_at IS NULL
      OR expires_at IS NULL THEN 'undetermined'
    ELSE 'eligible' END
END
